# Incidents: personal data breaches (Art. 33 GDPR).
breaches-lead-staff = Personal data breaches. The customers affected are told at the latest { $hours } hours after awareness.
breaches-lead-customer = Here are our notifications of breaches of your data. We notify at the latest { $hours } hours after becoming aware, even if the risk is low.
registers-none-breach = No incident
registers-none-text-breach = Every notification stands here, with all its supplements. There is none at present.
breach-record = Record an incident
breach-record-lead = From awareness there are { $hours } hours to notify the customers affected. Supply missing details later.
breach-rule = A reasonable suspicion is sufficient as soon as it cannot be dispelled quickly. Notifications to the supervisory authority and to data subjects are the customer's responsibility.
breach-revise = Change details
breach-revise-text = As long as nobody is notified, all details can be changed.
breach-supplement = Send a supplement
breach-supplement-lead = The supplement goes at once to everybody who was notified before and to everybody who is added now. Earlier notifications stay visible. The period of { $hours } hours was for the first notification.
breach-supplement-text = New findings go to all customers affected without delay.
breach-supplement-send = Send the supplement now
breach-aware = Awareness
breach-aware-hint = The time at which somebody at the provider knew of it, time in Berlin. The clock runs from here.
breach-aware_on = Day of awareness
breach-aware_time = Time
breach-facts = What must be known already
breach-facts-hint = Write so that customers understand it.
breach-title = In one sentence
breach-nature = Nature of the breach
breach-nature-hint = What happened: confidentiality, integrity or availability?
breach-contact = Contact point for information
breach-later = What may follow
breach-later-hint = Empty fields appear in the notification as “will follow”.
breach-occurred = Time of the breach
breach-categories = Categories of persons and data
breach-persons = Approximate number of persons
breach-records = Approximate number of records
breach-consequences = Likely consequences
breach-measures = Measures taken
breach-proposed = Measures proposed
breach-whom = Whom it concerns
breach-whom-hint = All customers with one of these services in a contract in force, and single customers.
breach-services = Services
breach-customers = Single customers
breach-customers-hint = Customer numbers, one a line.
breach-follows = will follow
breach-known = What is known
breach-late = { $hours ->
    [one] The period ended an hour ago
   *[other] The period ended { $hours } hours ago
}
breach-left = { $hours ->
    [0] Less than an hour is left
    [one] One hour is left
   *[other] { $hours } hours are left
}
breach-until = The customers affected must be notified by { $until }.
breach-complete = All details are notified
breach-complete-text = Close the incident with a lesson, or send another supplement.
breach-missing = Details are still missing
breach-missing-text = To be supplied without further delay: { $names }.
breach-over = The incident is closed
breach-preview = Who is notified
breach-preview-text = { $count ->
    [one] One customer is affected. Every person gets the notification in their language.
   *[other] { $count } customers are affected. Every person gets the notification in their language.
}
breach-people = Persons
breach-tell = Notify now
breach-nobody = Nobody is affected
breach-nobody-text = No contract in force covers these services, and no customer is named. Change the details.
breach-proof = Proof of delivery
breach-phase = Notification
breach-person = Person
breach-delivery = Delivery
breach-read = Read in the portal
breach-phase-of = Notification { $number } of { $at }
breach-phase-n = Supplement, notification { $number }
breach-first = First notification
breach-told-at = Notified on { $at }
breach-read-at = First read on { $at }
breach-yours = Your data are concerned
breach-yours-text = Whether you notify the supervisory authority or data subjects is your decision. For the supervisory authority the period is as a rule 72 hours from your awareness (Art. 33(1) GDPR).
breach-told = First notified
breach-clock = Period
breach-lesson = Lesson
breach-lesson-hint = What will be done differently?
breach-close-title = Close
breach-close = Close the incident
breach-reason = Why it was no breach
breach-reason-hint = Only if the suspicion could be dispelled quickly. The entry stays in the register.
breach-dismiss-title = Dispel the suspicion
breach-dismiss = The suspicion is dispelled
delivery-queued = waits to be sent
delivery-trying = is being tried again
delivery-sent = sent, { $at }
delivery-failed = undeliverable
delivery-unknown = no proof any more

entry-breach-recorded = Not notified yet
entry-breach-told = Notified
entry-breach-closed = Closed
entry-breach-dismissed = Suspicion dispelled

event-breach-recorded = Incident recorded
event-breach-revised = Details changed
event-breach-told = Customers affected notified
event-breach-supplemented = Supplement sent
event-breach-read = Read by a customer in the portal
event-breach-closed = Closed
event-breach-dismissed = Suspicion dispelled

flash-breach-recorded = The incident is saved. Nobody has been notified yet.
flash-breach-told = The notifications are on their way.
flash-breach-supplemented = The supplement is on its way.
flash-breach-closed = The incident is closed.
flash-breach-dismissed = The suspicion is dispelled.
mistake-time = { $detail } is no time. Example: 14:05
mistake-breach-nobody = Please name at least one service or one customer.
mistake-breach-incomplete = Details are still missing. Send a supplement first.
mistake-unknown-customer-number = There is no customer with the number { $detail }.

desk-breach-tell = Notify incident { $about }
desk-breach-tell-note = { $hours ->
    [0] less than an hour is left
    [one] one hour is left
   *[other] hours until the period ends: { $hours }
}
desk-breach-supplement = Incident { $about }: supply missing details
desk-breach-close = Close incident { $about }
desk-breach-undelivered = Incident { $about }: notification undeliverable
desk-breach-undelivered-note = Notify the customer in another way.
