package authz

var awardOperations = map[string]Need{}
