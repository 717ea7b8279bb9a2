# What is wrong with an input: mistake-<code>, $detail is a limit or the value as typed.
mistake-required = Please fill in this field.
mistake-too-long = At most { $detail } characters.
mistake-control-characters = The text contains invisible control characters. Please type it instead of pasting it.
mistake-email = { $detail } is not an e-mail address. Example: name@company.com
mistake-domain = { $detail } is not a domain. Example: company.com
mistake-phone = { $detail } is not a telephone number. Example: +49 7022 1234567
mistake-country = { $detail } is not a country code of two letters. Example: DE
mistake-language = Please choose German or English.
mistake-name = Please give the full name.
mistake-choice = { $detail } is not one of the choices. Please load the page again and choose once more.
mistake-choose-one = Please choose at least one.
mistake-too-many = These are too many entries: at most { $detail }.
mistake-yes-or-no = Please choose yes or no.
mistake-box = Please confirm this point. Without it we cannot go on.
mistake-service = { $detail } is not a service known here.
mistake-representation = Please say whether one person signs alone or two sign together.
mistake-customer-number = { $detail } is not a customer number. Letters, digits and hyphens are allowed.
mistake-signatory-twice = This address already belongs to another signatory. Each person needs their own.
mistake-delegate-self = This is your own address. Please name another person.
mistake-delegate-named = This person is to sign the offer already. Please name another one.
mistake-delegate-signed = This person has signed already. Please name another one.
mistake-delegate-passed-on = This person has said that they are not the right one themselves. Please name another one.
mistake-date = { $detail } is not a date. Example: 23 Nov 2026
mistake-date-past = This day is in the past.
mistake-date-near = This day is too near: at least { $detail } days from today.
mistake-date-far = This day is too far ahead: at most { $detail } days.
mistake-date-before-start = This day is before the start.
mistake-date-before-signature = This day is before the customer's signature.
mistake-number-small = The number is too small: at least { $detail }.
mistake-code-wrong = { $detail ->
    [0] The code is not right. Please ask for a new one.
    [one] The code is not right. You have one more try.
   *[other] The code is not right. You have { $detail } more tries.
}
mistake-code-expired = The code has expired. Please ask for a new one.
mistake-code-spent = The code has been used already. Please ask for a new one.
mistake-password-short = The password is too short: at least { $detail } characters. A few words in a row are good.
mistake-password-long = The password is too long: at most { $detail } characters.
mistake-password-simple = The password is too easy to guess. Use more different characters and not your address.

# From the server
mistake-form = The form did not arrive completely. Please load the page again and send it once more.
mistake-login-failed = E-mail address or password is not right.
mistake-login-wait = Too many tries. Please wait 15 minutes. Your account is not locked.
mistake-password-wrong = The current password is not right.
mistake-password-different = The two passwords are not the same.
mistake-email-taken = There is already an account with this address.
mistake-customer-number-taken = This customer number exists already.
mistake-staff-changed-meanwhile = Somebody else has changed this person meanwhile. What holds now stands beside the form. Nothing was saved; if your details are to hold, save once more.
mistake-changed-meanwhile = Somebody else has changed this in the meantime. Please look at the new state and change it then. Nothing was saved.
mistake-request-changed-meanwhile = Somebody else has changed this draft in the meantime. Nothing was saved; what you typed is still here. Open the request in a second window to see what they saved. If yours is to count, save or send it once more.
mistake-request-sent-meanwhile = This request has been sent or taken back in the meantime. Nothing was saved; what you typed is still here, so that you can copy it. The page of the contract says what comes next.
mistake-file-missing = Please choose a file.
mistake-file-kind = This kind of file does not work here.
mistake-file-large = The file is too large: at most { $detail }.

mistake-own-admin-role = You cannot take the role “Admin” from yourself. Only another person with this role can.
mistake-own-lock = You cannot lock your own account.
mistake-client-name = { $detail } cannot be a name. Small letters without accents, digits, full stop, hyphen and underscore are allowed.
mistake-client-name-taken = A client has this name already, perhaps a revoked one. Please choose another.
mistake-contract-code = There is no contract for this code. Check the spelling.
mistake-text-not-offered = This contract text cannot be offered at present. Contract texts says why.
mistake-offers-none-ready = None of these contracts is ready to be offered. The page shows how things are now.
mistake-text-older = A newer version is already published.
mistake-text-findings = The check of this text has findings. Nothing was published.
mistake-network = { $detail } is neither an address nor a network. For example 192.0.2.7 or 192.0.2.0/24 is.
mistake-per-minute = { $detail } is not a whole number above zero.
mistake-client-keys-enough = A client has at most { $detail } valid keys. Please revoke one first.
