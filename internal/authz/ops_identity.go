package authz

var identityOperations = map[string]Need{}
