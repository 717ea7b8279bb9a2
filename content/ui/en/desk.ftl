# The worklist.
desk-title = Tasks
desk-lead = What is due, most urgent first.
desk-empty = Nothing is due
desk-empty-text = Requests, contracts to countersign, offers about to run out and everything that concerns your roles appear here. As soon as there is something to do, it is listed here.
desk-gate = To the gate
desk-overdue-count = { $count ->
    [one] One task is overdue
   *[other] { $count } tasks are overdue
}
desk-due = by { $date }, { $distance }
desk-overdue = overdue since { $date }
desk-countersign = Countersign agreement { $about }
desk-examine = Examine request { $about }
desk-offer-running-out = Offer { $about } runs out, signature missing
desk-signatory-unknown = Offer { $about }: it is open who signs
desk-signatory-unknown-note = Clarify with the customer who may sign, and name the person with the contract.
desk-return-data = Return data: { $about }
desk-delete-data = Deletion after the end: { $about }
desk-certify-deletion = Issue the deletion certificate: { $about }
desk-confirm-paper = Confirm contract { $about } on paper
desk-confirm-paper-note = A second person compares the details with the paper.
desk-confirm-annex = Confirm annex: { $about }
desk-confirm-annex-note = Template content counts only once it is confirmed for the provider.
desk-audit-broken = The audit trail is not in order
desk-audit-broken-note = Up to entry { $about } everything is in order. Please check it, and change nothing in the database.
desk-dead-mail = { $about ->
    [one] One e-mail could not be delivered
   *[other] { $about } e-mails could not be delivered
}
desk-dead-job = { $about ->
    [one] One job has failed
   *[other] { $about } jobs have failed
}
desk-provider-facts = Facts about the provider are missing
desk-provider-facts-note = To be added in provider.toml: { $about }
desk-publish-text = Publish contract text { $about }
desk-publish-text-note = A new version is offered only once it is published.
desk-renew-text = { $about ->
    [one] One contract needs acceptance of the new text
   *[other] { $about } contracts need acceptance of the new text
}
desk-renew-text-note = After that day the previous text permits no more work.
