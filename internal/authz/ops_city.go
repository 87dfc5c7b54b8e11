package authz

var cityOperations = map[string]Need{}
