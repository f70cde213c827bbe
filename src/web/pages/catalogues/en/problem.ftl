# What problems are called, on pages and for programs.
problem-bad-request = The request could not be read
problem-unauthorized = Please sign in
problem-forbidden = Not permitted
problem-not-found = Nothing here
problem-method-not-allowed = This cannot be done here
problem-too-slow = The request came too slowly
problem-conflict = This no longer fits
problem-too-large = Too large
problem-url-too-long = The address is too long
problem-unsupported-media-type = This format is not read here
problem-unprocessable = Something in the request is not right
problem-too-many-requests = Too many requests
problem-headers-too-large = The request headers are too large
problem-internal = Something went wrong on our side
problem-unavailable = Not available right now
