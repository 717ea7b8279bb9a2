# Personal, Versand, Protokoll.
