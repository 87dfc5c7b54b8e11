package record

// Kind says what a leaf records. The list is open: a verifier accepts any kind
// that has the right shape, so an old `fieldtrial verify` reads new receipts.
type Kind string

// The kinds in use. Each leaf's scope is the contest's public id unless said otherwise.
const (
	// KindRulesFrozen fixes a version of rules and criteria, and what puts the entries in order ("raw" or
	// "calibrated"), before opening.
	KindRulesFrozen Kind = "rules.frozen"
	// KindRules is a later version of a challenge's rules: its number, the SHA-256 of the whole
	// version as canonical JSON, and the SHA-256 of the reason. Version 1 is the rules.frozen leaf.
	KindRules Kind = "rules"
	// KindSealedOpened is an early look into sealed entries, by whom and why.
	KindSealedOpened Kind = "sealed.opened"
	// KindDeadlineExtended moves a deadline, with its reason and the new time.
	KindDeadlineExtended Kind = "deadline.extended"
	// KindDeadline closes a challenge: entries with a lower index are on time.
	KindDeadline Kind = "deadline"
	// KindEntryReceived is one submission before the deadline, all its files in place.
	KindEntryReceived Kind = "entry.received"
	// KindEntryPromised is one submission before the deadline with the hashes of files still on
	// their way. It is in time like KindEntryReceived; each file's arrival is a KindFileMatched.
	KindEntryPromised Kind = "entry.promised"
	// KindEntryGrace is one submission after the deadline, in the grace that the contest's rules give
	// every team. It is late, and says so wherever its index stands.
	KindEntryGrace Kind = "entry.grace"
	// KindEntryExtended is one submission after the deadline, within an extension of its team.
	KindEntryExtended Kind = "entry.extended"
	// KindEntryCorrected is one submission after the deadline, of what an official asked to correct.
	KindEntryCorrected Kind = "entry.corrected"
	// KindExtensionGranted gives one team more time: until when, the reason's hash, and who gave it.
	KindExtensionGranted Kind = "extension.granted"
	// KindEntryWithdrawn takes an entry out of the contest at the team's word.
	KindEntryWithdrawn Kind = "entry.withdrawn"
	// KindRehearsalWiped says that a rehearsal was deleted with everything in it.
	KindRehearsalWiped Kind = "rehearsal.wiped"
	// KindFileMatched says that bytes with a committed SHA-256 have arrived.
	KindFileMatched Kind = "file.matched"
	// KindAssignment gives entries to jurors.
	KindAssignment Kind = "assignment"
	// KindRecusal takes a juror off an entry.
	KindRecusal Kind = "recusal"
	// KindReviewSubmitted is one version of one review. These leaves are shuffled
	// within their batch, so order and timing tell nothing about who scored when.
	KindReviewSubmitted Kind = "review.submitted"
	// KindReviewReopened is the chair's act that lets a locked review change.
	KindReviewReopened Kind = "review.reopened"
	// KindCalibrationRule says, before a challenge opens, whether what is scored in a calibration round counts.
	KindCalibrationRule Kind = "calibration.rule"
	// KindCalibrationClosed commits to what was handed in in a calibration round, without names.
	KindCalibrationClosed Kind = "calibration.closed"
	// KindRoundLocked commits to the root over the sorted review commitments, to what decides, and to the
	// ranking that was computed with the lock (SHA-256 of what is stored).
	KindRoundLocked Kind = "round.locked"
	// KindPitchRules is what the host says before opening about a pitch round: whether there is one, how many
	// are invited at most, its share of the final total, its criteria with weights and scales. The last one
	// before the opening counts.
	KindPitchRules Kind = "pitch.rules"
	// KindPitchNamed is the shortlist with the rank of each entry, and the hashes of the reasons where it
	// departs from the order of rank.
	KindPitchNamed Kind = "pitch.shortlist"
	// KindPitchLocked closes the pitch round: its rules, and the SHA-256 of the result as it is stored, with
	// each juror's scores and total, both rounds together and the totals that give the final order.
	KindPitchLocked Kind = "pitch.locked"
	// KindDecision is the host's decision, with reasons where it departs from the jury.
	KindDecision Kind = "decision"
	// KindResultPublished makes the results public.
	KindResultPublished Kind = "result.published"
	// KindAgreement is the minutes of a meeting of the jury ("document":"minutes"), by hash.
	KindAgreement Kind = "agreement"
)

// movesReviews says that a leaf of kind k speaks about the reviews before it, so
// that shuffling must not carry a review of the same scope across it.
func (k Kind) movesReviews() bool {
	return k == KindRoundLocked || k == KindReviewReopened || k == KindResultPublished
}
