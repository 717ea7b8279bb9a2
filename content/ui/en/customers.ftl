# Customers, contacts, imports.
customers-title = Customers
customers-lead = Who is a customer, which contracts hold, and who acts for the customer.
customers-new = Add a customer
customers-import = Import a file
customers-export = Download as CSV
customers-search = Number, name, e-mail, domain, phone or city
customers-contract = DPA contract
customers-service = Service booked
customers-only-service-contract = With a service contract only
customers-any = All
customers-none = No running contract
customers-count = { $count ->
    [0] No customer
    [one] One customer
   *[other] { $count } customers
}
customers-all = Show all customers
customers-not-found = No customer fits
customers-not-found-text = Check the spelling or leave a filter out. All words are looked for at once.
customers-empty = No customers yet
customers-empty-text = Your customers will be here. Contract managers add them one by one or import them from a CSV file.

customer-number = Customer number
customer-number-hint = Unique, for example K10023. The ticket system asks with this number.
customer-legal-name = Company with its legal form
customer-street = Street and number
customer-postal-code = Postal code
customer-city = City
customer-country = Country
customer-register = Register or VAT number
customer-register-hint = As it shall stand in the contract. Empty means none.
customer-email = E-mail address
customer-language = Language
customer-language-hint = For e-mails and for the contract.
customer-phones = Phone numbers
customer-phones-hint = One a line.
customer-domains = Domains
customer-domains-hint = One a line, for example company.com.
customer-services = Services booked
customer-representation = Representation
customer-representation-hint = How many people bind the company together.
customer-one-signs = One person signs alone
customer-two-sign = Two people sign together
customer-service-contract = Service contract
customer-hosting = Hosting customer
customer-professional-secrecy = Professional secrecy (§ 203 StGB)
customer-facts = Company
customer-reach = How to reach them
customer-terms = Services and representation
customer-address = Address
customer-edit = Edit
customer-edit-title = Edit customer
customer-new-title = Add a customer
customer-form-lead = This will stand in the contract.
customer-stored-now = Stored now: { $value }

customer-contracts = DPA contracts
customer-no-contract = No DPA contract yet
customer-no-contract-text = Requests and contracts will be here. The customer asks for one in the portal; contracts on paper are imported.
customer-contract-number = Number
customer-state = State
customer-scope = Services
customer-term = Term
customer-from = from { $from }
customer-from-until = { $from } to { $until }
customer-confirm = Compare with the paper
customer-confirm-hint = A contract on paper holds only when a second person has compared it with the original and confirmed it.

customer-people = People with access
customer-no-people = Nobody has access
customer-no-people-text = People who log in for this customer will be here. They come by invitation.
customer-person = Name
customer-roles = Role
customer-invited = { $name } (invited)
customer-invite = Invite
customer-invite-title = Invite a person
customer-invite-lead = The person gets an e-mail. Whoever has no account yet sets a password with the link in it; it works for 24 hours.
customer-invite-send = Send invitation
customer-role-hint-signatory = May bind the company: requests, reads, signs.
customer-role-hint-privacy_contact = Requests, objects, gives instructions.
customer-role-hint-member = Reads.
customer-remove-role = Take away the role “{ $role }”

customer-contacts = Contact persons
customer-no-contacts = No contact persons
customer-no-contacts-text = People who write tickets or matter for the contract will be here, with or without access to the portal.
customer-add-contact = Add
customer-contact-kind = Task
contact-signatory = Signatory
contact-privacy = Privacy
contact-general = General
contact-function = Function in the company
contact-new-title = Add a contact person
contact-edit-title = Change a contact person
contact-lead = The e-mail address tells the gate to which customer a question belongs.
contact-remove-title = No longer in charge
contact-remove = Remove contact person

customer-decisions = Latest decisions
customer-all-decisions = All decisions
customer-no-decisions = No decision yet
customer-no-decisions-text = Who asked when what is permitted for this customer, and the answer, will be here.
customer-when = When
customer-action = Action
customer-subject = For whom
customer-answer = Answer
customer-doubt = Doubt open: advice only
customer-objection = Objection open
customer-objection-to = Objection open: { $service }
customer-since = Since { $day }.

import-title = Import a file
import-lead = Customers, or contracts concluded on paper, from a CSV file. If one row is wrong, nothing is imported, and every wrong row is named.
import-kind = What is in the file
import-kind-customers = Customers
import-kind-contracts = Contracts on paper
import-file = CSV file
import-file-hint = UTF-8, comma or semicolon, with a header row. At most 16 MB.
import-skip-bad = Leave wrong rows out and import the others
import-skip-bad-hint = Without this it is all or nothing.
import-button = Import
import-columns-customers = Columns for customers
import-columns-contracts = Columns for contracts
import-required = These columns must be there:
import-optional = These may be missing. What is missing stays as it is for known customers:
import-values = Yes and no are yes and no, languages de and en, days 2026-11-23. Several values in a cell are separated by a vertical bar. Scans of contracts are read by the command av-portal import contracts only; here the column document stays empty.
import-done-title = Imported
import-done = New: { $created }. Changed: { $updated }. Unchanged: { $unchanged }.
import-partly = Imported in part
import-skipped = { $bad ->
    [one] One wrong row was left out.
   *[other] { $bad } wrong rows were left out.
}
import-refused = Nothing imported
import-refused-text = { $bad ->
    [one] One row is wrong. Please correct it in the file and then choose the file again.
   *[other] { $bad } rows are wrong. Please correct them in the file and then choose the file again.
}
import-from-file = File: { $file }
import-bad-rows = Wrong rows
import-line = Line
import-column = Column
import-why = Why
import-whole-row = whole row
import-more = And { $count } more mistakes. Correct these first.

# In the terminal
import-told-column = line { $line }, column { $column }: { $text }
import-told-line = line { $line }: { $text }
import-told-nothing = { $bad ->
    [one] Nothing imported: one row is wrong.
   *[other] Nothing imported: { $bad } rows are wrong.
}
import-told-done = Imported: { $created } new, { $updated } changed, { $unchanged } unchanged.
import-told-skipped = { $bad ->
    [one] One wrong row left out.
   *[other] { $bad } wrong rows left out.
}

mistake-contact-taken = This address is already among the contact persons for this task.
mistake-contract-number-taken = This contract number exists already.
mistake-customer-unknown = There is no customer number { $detail }. Please import the customers first.
mistake-line-twice = This value also stands in line { $detail }. Which one counts cannot be known.
mistake-date-future = This day lies in the future.
mistake-not-a-manager = { $detail } is nobody with the role contract manager.
mistake-file-upload = Scans cannot be imported here. Please leave the column empty or use the command av-portal import contracts.
mistake-file-missing-at = The file { $detail } is not there or cannot be read.
mistake-file-empty = The file is empty.
mistake-quote-open = A quotation mark opens here that nothing closes. What comes after it cannot be read.
mistake-quote-text = There is text behind a closing quotation mark. Quotation marks within a cell are doubled.
mistake-fields = The number of fields differs from the header row ({ $detail }).
mistake-not-utf8 = The characters are not UTF-8. Please save the file as “CSV UTF-8”.
mistake-column-unknown = This column is unknown. Known are: { $detail }.
mistake-column-twice = This column stands twice in the header row.
mistake-column-missing = This column is missing in the header row.
mistake-column-nameless = Column { $detail } of the header row has no name.
mistake-csv-required = The cell is empty.
mistake-csv-language = Possible are de and en.
mistake-csv-yes-or-no = { $detail } is neither yes nor no.
mistake-csv-date = { $detail } is not a date. Example: 2026-11-23
mistake-csv-file-kind = This is neither PDF nor PNG nor JPEG.
mistake-csv-control-characters = There are invisible control characters in the cell.
mistake-csv-name = This is not a full name.

flash-customer-created = The customer has been added.
flash-customer-saved = The changes are saved.
flash-contact-saved = The contact person is saved.
flash-contact-removed = The contact person is removed.
flash-person-invited = The e-mail is on its way.
flash-role-removed = The role has been taken away and no longer holds.
flash-paper-confirmed = The contract is confirmed.
