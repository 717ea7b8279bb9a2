# API clients one by one.

clients-networks = From these addresses only
clients-networks-hint = Addresses or networks such as 192.0.2.0/24 or 2001:db8::/32, parted by blanks or lines. Without any the program may ask from everywhere.
clients-everywhere = from everywhere
clients-per-minute = Questions a minute
clients-per-minute-hint = 6000 without a number. Who asks more is asked to wait.
clients-per-minute-usual = 6000 (usual)
clients-client-id = Name for tokens
clients-made = Added
clients-keys = Keys
clients-keys-text = To change over: add a second key, enter it in the program, revoke the first. So there is no gap.
clients-key-add = Add a further key
clients-key-revoke = Revoke the key
clients-key-revoke-text = Who asks with it, or with a token that was fetched with it, is turned away at once.
clients-limits = From where and how often
clients-limits-save = Save the limits
clients-end = Revoke the client
flash-client-limited = The limits are saved and apply at once.
flash-client-key-revoked = The key is revoked.
