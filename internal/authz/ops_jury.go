package authz

var juryOperations = map[string]Need{}
