# Contract texts: versions, differences, publishing.
texts-title = Contract texts
texts-lead = Every version, what is different about it, and which one is offered today.
texts-version = Version
texts-family = Kind
texts-state = State
texts-change = Change
texts-published = Published
texts-accept = Accept by
texts-none = –
text-title = Contract text { $version }
text-family-av = Our own contract text
text-family-av-hint = Our text, German prevails.
text-family-scc = EU standard contractual clauses 2021/915
text-family-scc-hint = A frame around the official clauses in full; both languages are equally binding.
text-kind-first = first version
text-kind-editorial = editorial
text-kind-material = material
text-state-offered = On offer
text-state-passed = Superseded
text-state-waiting = Waits to be published
text-state-findings = { $count ->
    [one] One finding
   *[other] { $count } findings
}
text-facts = Key facts
text-notes = What is different
text-hash = SHA-256
text-published-itself = on { $at } as the first text of this installation
text-changes = Differences in wording
text-against = Compared with version { $version }. What is new is underlined, what is gone is struck through.
text-against-none = There is no earlier version to compare with.
text-no-changes = No differences
text-no-changes-text = The clauses are the same, word for word.
text-change-title = { $section } ({ $clause })
text-change-added = new
text-change-changed = changed
text-change-removed = removed

text-touched = Whom it affects
text-touched-customer = Customer
text-touched-contract = Contract
text-touched-lost = What is blocked afterwards
text-touched-nothing = nothing
text-touched-list = Contracts affected
text-touched-none = No contract in force is on an older version.
text-touched-passed = A newer version is published. Those affected are shown there.
text-touched-until = { $count ->
    [one] One contract in force is on an older version. It permits work until the end of { $date }.
   *[other] { $count } contracts in force are on an older version. They permit work until the end of { $date }.
}
text-touched-told = { $count ->
    [one] One contract in force is on an older version. The customer is told, nothing changes about access.
   *[other] { $count } contracts in force are on an older version. The customers are told, nothing changes about access.
}

text-publish-title = Publish
text-publish-first = Once published, this text is offered.
text-publish-editorial = The change is editorial: rights and duties stay. Once published, this version is offered. Customers affected get an e-mail with the differences. This cannot be taken back.
text-publish-material = The change is material: customers have to accept anew. Once published, this version is offered. Customers affected get an e-mail with the differences and the last day. This cannot be taken back.
text-accept-until = Last day for acceptance
text-accept-until-hint = At least six weeks. Until the end of this day older versions open the gate.
text-publish-button = Publish version { $version }
text-waits-title = Not yet published
text-waits = Whoever has the role data protection can publish it. Until then the version is not offered.
flash-text-published = The version is published. The notifications are going out now.

text-findings-title = This text cannot be offered as it is
text-findings-lead = The check names every place with file and clause.
text-finding-point = A point of Art. 28(3) GDPR is not answered: { $detail }
text-finding-item = This checklist item is not answered exactly once: { $detail }
text-finding-left-out = Under this choice a clause is missing: { $detail }
text-finding-words = These words are missing in the clause: { $detail }
text-finding-forbidden = These words must not occur: { $detail }
text-finding-unknown = There is no value for this: { $detail }
text-finding-left-over = Left over from writing: { $detail }
text-finding-languages = The two languages differ: { $detail }
text-finding-alternatives = Of these exactly one must apply: { $detail }
text-finding-clause = The clause has no good id or no text: { $detail }
text-finding-box = This declaration is missing at the signature: { $detail }
text-finding-wording = The official wording is not loaded as a whole. Missing are the clauses { $detail }. How to load it is in docs/operations.md.

text-offers = Offering
text-offers-lead = This version needs a new acceptance. Each contract is offered as it was agreed, with the new text and today's annexes. The signatories get the offer by e-mail.
text-offers-ready = Ready to be offered
text-offers-needing = Needs a person first
text-offers-waiting = Being offered
text-offers-made = Offered
text-offers-accepted = Newly concluded
text-offers-running-title = The offers are being made
text-offers-running = { $count ->
    [one] One contract is still waiting. You can leave this page; the state is here when you load it again.
   *[other] { $count } contracts are still waiting. You can leave this page; the state is here when you load it again.
}
text-offers-nobody-ready = No contract is ready to be offered at present.
text-offers-until = Offers stand until
text-offers-until-hint = After that they lapse. The signatories are reminded before.
text-offers-whom = To whom is it offered?
text-offers-all = { $count ->
    [one] To the one contract that is ready
   *[other] To all { $count } contracts that are ready
}
text-offers-only = Only to selected ones
text-offers-choose = Select contracts
text-offers-selected = Selected contracts
text-offers-box-until = previous version counts until { $date }
text-offers-button = Offer version { $version }
text-offers-why = Why
text-obstacle-over = The contract is over or followed by another already.
text-obstacle-notice = Notice was given. Whether it goes on is to be settled with the customer.
text-obstacle-on-its-way = A new version is on its way already. Please offer it there.
text-obstacle-hold = A doubt or an objection is open. Please clear it first.
text-obstacle-paper = The contract came on paper. Please begin a new version with the customer.
text-obstacle-signatories = Fewer signatories are known than the rule of representation asks for.
text-obstacle-weighing = The weighing of the previous contract does not suffice. Please offer it singly.
text-obstacle-text = A newer version has been published since.
flash-text-offers-asked = The offers are being made now and go out by e-mail.

# For the customer
text-since-title = What has changed since you signed
text-since-lead = The text of your contract { $number } compared with the newest version.
text-since-link = See the differences
text-since-newer-title = There is a new version of the contract text: { $version }
text-since-versions = You signed version { $signed }. The newest is { $newest }.
text-since-material-title = Accept the new version by { $date }
text-since-material = Until the end of { $date } your contract applies in the previous version. After that we may only advise you until you have accepted the new one. The offer comes by e-mail.
text-since-editorial-title = Editorial changes
text-since-editorial = Rights and duties stay the same. Your contract continues unchanged. You do not need to do anything.
text-since-same-title = Your contract is on the newest version
text-since-same = Differences appear here as soon as a new version is published.
text-since-paper = Your contract was not concluded in this portal. A comparison word for word is therefore not possible.

# In the offer
offer-text-family = Contract text
offer-text-family-only = Our own contract text is offered. The text on the EU standard contractual clauses can be chosen as soon as the official wording is loaded (see contract texts).
offer-authorisation = Authorisation of sub-processors
offer-authorisation-general = General
offer-authorisation-general-hint = Every change is announced, the customer may object.
offer-authorisation-specific = Specific
offer-authorisation-specific-hint = Every change needs the prior consent of the customer.
offer-docking = Further parties may accede later (clause 5)
offer-docking-hint = Only with the text on the EU standard contractual clauses.
offer-preview-scc = Preview with standard contractual clauses
