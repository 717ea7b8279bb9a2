# Log-in, account, password, invitation.
login-title = Log in
login-lead = For customers and for our staff.
login-email = E-mail address
login-password = Password
login-button = Log in
login-forgotten = Forgotten your password
login-no-account = Accounts are made by invitation. Your contact person with us will help you.
login-session-ended = Your session has ended because it was not used for a long time. Please log in again; what you saved is still here.
