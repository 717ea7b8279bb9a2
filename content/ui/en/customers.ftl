# Customers, contacts, import.
