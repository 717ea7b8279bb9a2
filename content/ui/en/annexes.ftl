# Annexes: measures and sub-processors.
annexes-title = Annexes
annexes-lead = The technical and organisational measures and the sub-processors as they are today.
annex-toms = Measures (annex 2)
annex-subprocessors = Sub-processors (annex 3)
annexes-stamp = Version { $number } of { $date }
annexes-hash = SHA-256
annexes-confirmed = Confirmed
annexes-confirmed-by = on { $date } by { $name }
annexes-confirmed-on = on { $date }
annexes-confirmed-label = Confirmation
annexes-version = Version
annexes-template = Template content
annexes-template-text = This version comes from the template and is not yet confirmed for the provider. Please examine each line before you confirm it.
annexes-in-use = Until then the confirmed version { $number } applies.
annexes-none-in-use = No version is confirmed yet.
annexes-confirm = { $annex }: confirm version { $number }
annexes-confirm-who = Whoever has the role of privacy officer can confirm it.
annexes-control = { $number }. { $name }
annexes-measures = { $count ->
    [one] one measure
   *[other] { $count } measures
}
annexes-measure = Measure
annexes-text = What it does
annexes-services = Services
annexes-all-services = all
annexes-layer = Where
annexes-status = State
annexes-layer-office = Office
annexes-layer-own_servers = Own servers
annexes-layer-data_centre = Data centre
annexes-layer-sub_processor = Sub-processor
annexes-status-planned = planned
annexes-status-active = in force
annexes-status-retired = retired
annexes-sub-name = Company
annexes-sub-address = Address
annexes-sub-service = Task
annexes-sub-data = Data
annexes-sub-places = Places and transfer
annexes-sub-since = Since
annexes-sub-none = No sub-processors
annexes-sub-none-text = As soon as content/subprocessors.toml names a sub-processor, it appears here.
flash-annex-confirmed = The version is confirmed.
