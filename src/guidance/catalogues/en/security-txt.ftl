# In security.txt, for whoever took it for the way to help.
security-txt-lead = For those who found a weakness. Lost money or access? Not here, but at { $page }
