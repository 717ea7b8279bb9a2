# Contracts: request, offer, signature, the customer's overview.
