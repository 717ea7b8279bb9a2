# Log-in, account, password, invitation.
login-title = Log in
login-lead = For customers and for our staff.
login-email = E-mail address
login-password = Password
login-button = Log in
login-forgotten = Forgotten your password
login-no-account = Accounts are made by invitation. Your contact person with us will help you.
login-session-ended = Your session has ended because it was not used for a long time. Please log in again; what you saved is still here.

forgotten-title = Request a new password
forgotten-lead = We send you a link with which you set a new password. It also helps when an invitation has expired.
forgotten-button = Send the link
forgotten-back = Back to the log-in

welcome-title = Set up your access
welcome-lead = Set your password. You are logged in afterwards.
welcome-button = Set the password and log in
reset-title = Set a new password
reset-lead = You are logged in afterwards. On all other devices you are logged out.
reset-button = Set the new password
link-other-person = { $name } is logged in in this browser. That session ends as soon as you set the password.

password-new = New password
password-repeat = New password again
password-current = Present password
password-hint = At least 12 characters. A few words in a row are good; special characters are not needed.
password-change = Change the password

message-link-used = This link has been used already
message-link-used-1 = Links in e-mails work once only, and only the newest. If you have set your password with it, simply log in.
message-link-used-2 = If not, request a new link on the log-in page under “Forgotten your password”.
message-link-used-action = To the log-in
message-link-unknown = We do not know this link
message-link-unknown-1 = Perhaps the address is incomplete: some mail programs break long links. Then copy the whole link into the address bar.
message-link-unknown-2 = Or have a new one sent to you. Nothing is lost.
message-link-unknown-action = Request a new link

account-title = Account
account-lead = Your details, your password and the devices on which you are logged in.
account-profile = About you
account-name = Full name
account-name-hint = As it will stand in contracts that you sign from now on. Those already signed do not change.
account-language = Language
account-language-hint = For pages and e-mails.
account-password = Password
account-password-text = When you change it, you are logged out on all other devices and get an e-mail.
account-sessions = Devices logged in
sessions-device = Device
sessions-since = Logged in since
sessions-last = Last used
sessions-unknown = Unknown device
sessions-here = This device
sessions-end = Log out
sessions-end-others = Log out all others

flash-account-saved = Your details are saved.
flash-password-saved = Your password is changed. On all other devices you are logged out.
flash-session-ended = The device is logged out.
flash-sessions-ended = All other devices are logged out.
flash-welcome = Your password is set, and you are logged in.
