package authz

// What is public is public for programs too.
var feedsOperations = map[string]Need{
	"getOpenData": {Public: true},
}
