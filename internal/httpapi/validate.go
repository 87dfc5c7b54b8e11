package httpapi

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/fault"
)

var pathParam = regexp.MustCompile(`\{([^}]+)\}`)

// unknownProperty finds the name that the validator tells in words only.
var unknownProperty = regexp.MustCompile(`^property "(.+)" is unsupported$`)

type routeKey struct{ method, path string }

// routesOf indexes the contract's operations by Echo's own route templates, so that no second
// router is needed.
func routesOf(document []byte) (map[routeKey]*routers.Route, error) {
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("httpapi: contract: %w", err)
	}
	out := map[routeKey]*routers.Route{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			at := routeKey{method, Base + pathParam.ReplaceAllString(path, ":$1")}
			if op.RequestBody != nil {
				for _, media := range op.RequestBody.Value.Content {
					closed(media.Schema, map[*openapi3.Schema]bool{})
				}
			}
			out[at] = &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: op}
		}
	}
	return out, nil
}

// closed makes a body's objects take their own properties and no others, wherever the contract does
// not say otherwise: Go would take TITLE for title, and what is foreign would seem to have been set.
func closed(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool) {
	if ref == nil || seen[ref.Value] {
		return
	}
	s := ref.Value
	seen[s] = true
	if a := &s.AdditionalProperties; len(s.Properties) > 0 && a.Has == nil && a.Schema == nil {
		no := false
		a.Has = &no
	}
	for _, p := range s.Properties {
		closed(p, seen)
	}
	closed(s.Items, seen)
	closed(s.AdditionalProperties.Schema, seen)
	for _, list := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		for _, p := range list {
			closed(p, seen)
		}
	}
	if len(s.AllOf) == 1 { // several would not see each other's properties: they stay open
		closed(s.AllOf[0], seen)
	}
}

// validator refuses requests that the contract does not describe, and callers that the operations
// table does not let in.
func validator(document []byte) (echo.MiddlewareFunc, error) {
	routes, err := routesOf(document)
	if err != nil {
		return nil, err
	}
	opt := &openapi3filter.Options{MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			method := r.Method
			if method == http.MethodHead {
				method = http.MethodGet
			}
			route := routes[routeKey{method, c.Path()}]
			if route == nil {
				return next(c) // Echo's own 404 or 405
			}
			if err := permit(route.Operation.OperationID, authz.From(r.Context()), method == http.MethodGet); err != nil {
				return err
			}
			if route.Operation.RequestBody != nil && r.ContentLength != 0 {
				if mt, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); err != nil || mt != echo.MIMEApplicationJSON {
					return errMediaType
				}
			}
			in := &openapi3filter.RequestValidationInput{Request: r, Route: route, Options: opt, PathParams: map[string]string{}}
			for i, name := range c.ParamNames() {
				in.PathParams[name] = c.ParamValues()[i]
			}
			if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
				return contractFault(err)
			}
			return next(c)
		}
	}, nil
}

// mostFaults is how many fields an answer points at.
const mostFaults = 100

// contractFault turns what the validator found into fields of one problem. A path parameter that
// is not of its form names nothing that exists: not found.
func contractFault(err error) error {
	out := fault.ErrInvalid.Wrap(err)
	var each func(error) bool
	each = func(err error) bool {
		if len(out.Fields) >= mostFaults { // who sends more did not mean to be helped
			return true
		}
		switch x := err.(type) { //nolint:errorlint // errors.As would find the first part of a MultiError only
		case openapi3.MultiError:
			ok := true
			for _, part := range x {
				ok = each(part) && ok
			}
			return ok
		case *openapi3filter.RequestError:
			if x.Parameter == nil {
				if x.Err == nil {
					out = out.At("", "malformed", nil)
					return true
				}
				return each(x.Err)
			}
			if x.Parameter.In == "path" {
				return false
			}
			out = out.At(x.Parameter.Name, schemaCode(x.Err), nil)
		case *openapi3.SchemaError:
			at := x.JSONPointer()
			if name := unknownProperty.FindStringSubmatch(x.Reason); x.SchemaField == "properties" && name != nil {
				at = append(at, name[1])
			}
			out = out.At("/"+strings.Join(at, "/"), schemaCode(x), schemaParams(x))
		default:
			out = out.At("", schemaCode(err), nil)
		}
		return true
	}
	if !each(err) {
		return fault.ErrNotFound
	}
	return out
}

var schemaCodes = map[string]string{
	"required": "required", "maxLength": "too_long", "minLength": "too_short", "maximum": "too_large",
	"minimum": "too_small", "enum": "not_a_choice", "pattern": "malformed", "format": "malformed",
	"type": "malformed", "maxItems": "too_many", "minItems": "too_few", "properties": "unknown",
}

func schemaCode(err error) string {
	var s *openapi3.SchemaError
	if errors.As(err, &s) {
		if code, ok := schemaCodes[s.SchemaField]; ok {
			return code
		}
	}
	if errors.Is(err, openapi3filter.ErrInvalidRequired) {
		return "required"
	}
	return "malformed"
}

func schemaParams(s *openapi3.SchemaError) map[string]any {
	switch {
	case s.SchemaField == "maxLength" && s.Schema.MaxLength != nil:
		return map[string]any{"max": *s.Schema.MaxLength}
	case s.SchemaField == "minLength":
		return map[string]any{"min": s.Schema.MinLength}
	case s.SchemaField == "maximum" && s.Schema.Max != nil:
		return map[string]any{"max": *s.Schema.Max}
	case s.SchemaField == "minimum" && s.Schema.Min != nil:
		return map[string]any{"min": *s.Schema.Min}
	}
	return nil
}
