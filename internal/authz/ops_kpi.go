package authz

var kpiOperations = map[string]Need{}
