embedded-brought = { $piece } has filled in what it knows. You can change it or take it out.
embedded-account = Your account:
embedded-broken = The link from your app is too old or not whole, so nothing is filled in. You can report here all the same.
