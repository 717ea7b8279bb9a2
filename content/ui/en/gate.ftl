# The gate and its decisions.
gate-title = Gate
gate-search = For whom do you want to act?
gate-search-hint = Customer number, name, e-mail address, domain or phone number
gate-search-button = Check
gate-found = Hits: { $count }
gate-how = Ask first, then act
gate-how-text = Search for the customer. You see at once what you may do for them now, on which ground, and what to do next.
gate-nobody = No customer matches “{ $query }”
gate-nobody-text = Ask for the customer number. As long as it is unclear for whom the work is done, only general advice is permitted.
gate-hits = { $count ->
    [one] One customer matches
   *[other] { $count } customers match
}
gate-question = { $action }, for { $customer } ({ $number })
gate-question-tool = { $question }, with { $tool }
gate-ground = Ground
gate-ground-contract = Data processing agreement { $number }, version { $version }
gate-valid-until = Answer holds until
gate-contract-until = Contract runs until
gate-priority = Priority
gate-priority-service-contract = Service contract: serve first
gate-more-reasons = Further reasons
gate-customer-text = Text for the customer ({ $language })
gate-copy = Copy
gate-copied = Copied
gate-open-customer = Open customer
gate-others = All actions at a glance
gate-tool = Tool
gate-tool-hint = Not every tool is agreed with every customer.
gate-tool-any = not stated
gate-tool-button = Check with tool

decisions-title = Decisions
decisions-lead = { $count ->
    [one] One answer of the gate, recorded with its reason.
   *[other] { $count } answers of the gate, recorded with their reasons; the newest first.
}
decisions-customer-number = Customer number
decisions-filter = Narrow down
decisions-when = When
decisions-customer = Customer
decisions-action = Action
decisions-asked = What was asked
decisions-subject = Who wanted to act
decisions-answer = Answer
decisions-no-customer = not established
decisions-none = No decision yet
decisions-none-text = Every answer of the gate is listed here, with time, person and reason. It comes about when somebody asks on the page or a program asks.
decisions-to-gate = To the gate
decisions-unknown = There is no such customer number
decisions-unknown-text = Check the spelling, or look for the customer in the list of customers.
decisions-my-title = Who wanted to do what for you
decisions-my-lead = Every question whether we may act for you, and the answer to it (Art. 28(3)(h) GDPR).
decisions-my-none-text = As soon as one of us or a program asks whether it may act for you, the answer is listed here.
