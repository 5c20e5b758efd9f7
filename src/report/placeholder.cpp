namespace kastell {}
