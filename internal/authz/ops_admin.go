package authz

var adminOperations = map[string]Need{}
