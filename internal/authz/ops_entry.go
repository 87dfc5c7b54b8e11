package authz

var entryOperations = map[string]Need{}
