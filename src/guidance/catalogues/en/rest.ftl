# On a case that closed itself.
rest-solved = You said that it is solved, so this case is closed. Good. If anything is not right after all, write a message below: the same case opens again, with everything you told us.
rest-silent = Nobody had written here for a while, so this case closed by itself. Nothing is lost. If it is not solved, write a message below: the same case opens again, and you need not tell it twice.
