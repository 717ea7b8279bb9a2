# The frame, the parts, words that occur everywhere.
product-name = AV-Portal
language-name = English
skip-to-content = Skip to content
demo-strip = Demo: companies, people and contracts are made up.

nav-main = Main navigation
nav-menu = Menu
nav-login = Log in
nav-logout = Log out
nav-desk = Tasks
nav-gate = Gate
nav-customers = Customers
nav-contracts = Contracts
nav-annexes = Annexes
nav-decisions = Decisions
nav-registers = Registers
nav-my = Overview
nav-staff = Staff
nav-clients = API clients
nav-outbox = Outbox
nav-audit = Audit trail
nav-account = Account
crumbs = You are here

footer-imprint = Imprint
footer-privacy = Privacy
footer-business-only = For businesses only. Private individuals, above all those under 18, please send us no data.
footer-no-advice = What this portal says is not legal advice.

field-optional = (optional)
summary-title = { $count ->
    [one] Please check one entry
   *[other] Please check { $count } entries
}
summary-kept = What you typed is still here. Please type passwords again.

pages-label = Pages
pages-back = Back
pages-forward = Next
pages-here = Page { $page } of { $pages }
steps-label = Step { $step } of { $of }
step-done = , done
copy-here = Text to copy

yes = Yes
no = No
cancel = Cancel
save = Save
search = Search
contents = Contents

date-time = { $date }, { $time }
distance-today = today
distance-tomorrow = tomorrow
distance-yesterday = yesterday
distance-in = in { $days } days
distance-ago = { $days } days ago

# States of a data processing agreement
state-draft = Draft
state-requested = Requested
state-offered = Offered
state-signed_by_customer = Signed by the customer
state-in_force = In force
state-ending = Notice given
state-ended = Ended
state-closed = Closed
state-declined = Declined
state-withdrawn = Withdrawn
state-lapsed = Lapsed
state-paper_unconfirmed = On paper, not yet confirmed

# Services
service-hosting = Hosting: websites and mail
service-saas_administration = Administration of SaaS contracts
service-system_administration = System administration
service-monitoring = Monitoring
service-itc_service = IT service on the customer's systems
service-remote_support = Remote support
service-log_analysis = Log analysis

# Roles
role-technician = Technician
role-contract_manager = Contract manager
role-privacy_officer = Privacy officer
role-admin = Admin
role-signatory = Signatory
role-privacy_contact = Privacy contact
role-member = Member

# Answers of the gate
verdict-permitted = Permitted
verdict-advice = Advice only
verdict-refused = Refused
