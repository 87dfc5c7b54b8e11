package authz

var contestOperations = map[string]Need{}
