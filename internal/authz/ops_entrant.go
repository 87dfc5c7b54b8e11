package authz

var entrantOperations = map[string]Need{
	"getEntryHistory":   {Action: SeeEntry},
	"getEntryTestbeds":  {Action: SeeEntry},
	"rankEntryTestbeds": {Action: EditEntry},
	"getGalleryConsent": {Action: SeeEntry},
	"setGalleryConsent": {Action: SubmitEntry},
	"getGallery":        {Public: true},
	"getEntryPanel":     {Action: SeeEntry},
	"nameJuror":         {Action: EditEntry, Confirmed: true},
	"takeNamingBack":    {Action: EditEntry, Confirmed: true},
}
