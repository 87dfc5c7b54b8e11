package testkit

import "errors"

func startPrivate() (string, error) {
	return "", errors.New("set FIELDTRIAL_TEST_DATABASE_URL")
}
