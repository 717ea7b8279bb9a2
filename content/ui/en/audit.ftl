# Audit trail.
audit-title = Audit trail
audit-lead = What happened, in a chain in which each entry seals the one before. Entries are never changed and never deleted.
audit-verify = Verify the chain
audit-whole = The chain is whole
audit-whole-text = { $count ->
    [one] One entry was checked.
   *[other] { $count } entries were checked.
}
audit-head = Last hash. Whoever keeps it elsewhere can prove later that nothing before it was changed.
audit-broken = The chain is broken
audit-broken-text = { $count ->
    [one] Up to there one entry is good.
   *[other] Up to there { $count } entries are good.
}
audit-broken-sequence = Entry { $seq } is missing, doubled or moved.
audit-broken-link = Entry { $seq } does not follow the one before it.
audit-broken-content = The text of entry { $seq } is not the one that was sealed.
audit-broken-columns = The columns of entry { $seq } differ from its text.
audit-broken-truncated = Entries { $from } to { $to } are missing. A head of the trail vouches for them.
audit-broken-rewritten = The chain was made anew: entries { $from } to { $to } are not those that a head vouches for.
audit-broken-tree = The stored tree differs from the entries up to { $seq }.
audit-broken-head = Head { $seq } is missing, doubled or out of place.
audit-broken-signature = The signature of head { $seq } is not by a key of this portal.
audit-broken-unsigned = Head { $seq } has no signature, although it must have one.
audit-broken-next = Change nothing in the database. Back it up, and compare it with an earlier backup or export.
audit-none = No entries yet
audit-none-text = As soon as somebody does something, it is listed here.
audit-seq = No.
audit-at = When
audit-what = What
audit-who = Who
audit-facts = Facts
audit-by-portal = Portal
audit-by-command = Command line
audit-by-gone = Account deleted
audit-by-program = Program { $name }

# Head of the tree
audit-tree = Newest head
audit-tree-text = A hash over all entries up to there. It is mailed to the privacy officers every day. Whoever keeps it can prove later that no entry before it was changed, removed or inserted.
audit-tree-covers = Covers
audit-tree-covers-text = { $size } of { $entries } entries
audit-tree-root = Root
audit-tree-at = Made
audit-tree-signed = Signature
audit-tree-signed-by = signed with the key { $key }
audit-tree-unsigned = not signed
audit-tree-stamped = Time stamp
audit-tree-stamped-yes = confirmed by a time stamp authority
audit-tree-stamped-no = without a time stamp
audit-tree-mailed = Mailed
audit-tree-mailed-no = not yet

# Kinds of entries
audit-kind-annex-confirmed = Annex confirmed
audit-kind-annex-drafted = Annex taken from the template
audit-kind-audit-exported = Audit trail exported
audit-kind-audit-head_mailed = Head of the trail mailed
audit-kind-client-added = API client added
audit-kind-client-revoked = API client revoked
audit-kind-contact-added = Contact added
audit-kind-contact-changed = Contact changed
audit-kind-contact-removed = Contact removed
audit-kind-contract-begun = Request begun
audit-kind-contract-certificate_stored = Deletion certificate stored
audit-kind-contract-choice_defaulted = No choice, therefore deletion
audit-kind-contract-choice_made = Deletion or return chosen
audit-kind-contract-choice_reminded = Reminded of the open choice
audit-kind-contract-closed = Contract closed
audit-kind-contract-code_refused = Signing code refused
audit-kind-contract-code_sent = Signing code sent
audit-kind-contract-data_returned = Data returned
audit-kind-contract-declined = Contract declined
audit-kind-contract-disposal_begun = Deletion begun
audit-kind-contract-proof_taken = Proof pack downloaded
audit-kind-contract-document_stored = Contract document stored
audit-kind-contract-draft_saved = Draft saved
audit-kind-contract-ended = Contract ended
audit-kind-contract-imported = Contract imported
audit-kind-contract-in_force = Contract concluded
audit-kind-contract-lapsed = Offer lapsed
audit-kind-contract-notice_given = Notice given
audit-kind-contract-notice_withdrawn = Notice taken back
audit-kind-contract-offered = Contract offered
audit-kind-contract-paper_confirmed = Contract on paper confirmed
audit-kind-contract-requested = Contract requested
audit-kind-contract-retention_noted = Retained data entered
audit-kind-contract-retention_removed = Entry about retained data removed
audit-kind-contract-signed = Signed by the customer
audit-kind-contract-task_confirmed = Deletion confirmed
audit-kind-contract-withdrawn = Request withdrawn
audit-kind-contracts-imported = Contracts imported
audit-kind-customer-changed = Customer changed
audit-kind-customer-created = Customer created
audit-kind-customers-exported = Customers exported
audit-kind-customers-imported = Customers imported
audit-kind-decisions-exported = Decisions exported
audit-kind-job-retried = Job tried again
audit-kind-login-paused = Log-in paused
audit-kind-membership-added = Role at the customer given
audit-kind-membership-removed = Role at the customer taken away
audit-kind-password-requested = New password requested
audit-kind-password-set = Password set
audit-kind-session-ended = Session ended
audit-kind-session-started = Session started
audit-kind-user-added = Account added
audit-kind-user-changed = Account changed
audit-kind-user-invited = Person invited
audit-kind-user-locked = Account locked
audit-kind-user-roles = Roles changed
audit-kind-user-unlocked = Account unlocked
audit-kind-text-published = Contract text published
audit-kind-text-offers_asked = Contract text offered to all
audit-kind-contract-text_offer_skipped = Offer of the new contract text left out
audit-kind-instructions-exported = Instructions exported
audit-kind-breaches-exported = Breaches exported
audit-kind-audits-exported = Audit requests exported
