# Annexes: measures and sub-processors.
