# Anlagen: Maßnahmen und Unterauftragsverarbeiter.
