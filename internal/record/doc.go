// Package record is the verifiable log: what happened in a contest, in an order
// that nobody, the operator included, can change afterwards without being found out.
//
// It is a Merkle log (RFC 6962) in the C2SP formats. Each act that matters is a
// leaf. The public part of a leaf is its kind, its scope and a commitment; the
// payload and the salt that open the commitment lie apart, so they can be erased
// without touching the log or anyone else's proof.
//
// The package has two halves. The pure half (leaf, checkpoint, proof, receipt,
// verify) knows no database and is what an auditor or `fieldtrial verify` needs.
// The stored half (append, sequence, read) keeps the log in Postgres:
//
//	Append      inserts a pending leaf in the caller's transaction
//	Sequence    gives pending leaves their index and signs a checkpoint
//	ReadReceipt proves one leaf against the newest checkpoint
//
// No leaf has an index until Sequence has committed, and no checkpoint leaves the
// process before the transaction that stores it has.
package record
