package objstore

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/minio/minio-go/v7"
)

var (
	// ErrNotFound means that there is no such object (or bucket).
	ErrNotFound = errors.New("objstore: not found")
	// ErrNoUpload means that the upload was never begun, was aborted or is complete.
	ErrNoUpload = errors.New("objstore: no such upload")
	// ErrIncomplete means that the parts received do not make up the announced size.
	ErrIncomplete = errors.New("objstore: the parts are not complete")
	// ErrRange means that the range asked for lies outside the object.
	ErrRange = errors.New("objstore: no such range")
	// ErrNoSpace means that the store is full.
	ErrNoSpace = errors.New("objstore: the store is full")
	// ErrUnavailable means that the store cannot be reached or fails; try again later.
	ErrUnavailable = errors.New("objstore: the store is not available")
)

// failure names what went wrong by one of the errors above where one fits.
func failure(doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("objstore: cannot %s: %w", doing, err)
	}
	res := minio.ToErrorResponse(err)
	kind := error(nil)
	switch {
	case res.Code == "NoSuchKey", res.Code == "NoSuchBucket":
		kind = ErrNotFound
	case res.Code == "NoSuchUpload":
		kind = ErrNoUpload
	case res.Code == "InvalidRange":
		kind = ErrRange
	case res.StatusCode == http.StatusInsufficientStorage, res.Code == "XMinioStorageFull":
		kind = ErrNoSpace
	case res.StatusCode == 0 && res.Code == "", res.StatusCode >= 500:
		kind = ErrUnavailable // no answer at all, or one that says so
	default:
		return fmt.Errorf("objstore: cannot %s: %w", doing, err)
	}
	return fmt.Errorf("%w: cannot %s: %w", kind, doing, err)
}
