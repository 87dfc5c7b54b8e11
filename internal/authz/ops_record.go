package authz

var recordOperations = map[string]Need{}
