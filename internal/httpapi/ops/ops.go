// Package ops serves what operators and developers ask: health, readiness, metrics, and the mailbox
// page of the embedded mode.
package ops

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Check is one part that readiness asks. It answers within a second or is not ready.
type Check struct {
	Name string
	Ask  func(ctx context.Context) error
}

// Health registers /healthz (the process lives) and /readyz (every part answers).
func Health(e *echo.Echo, checks ...Check) {
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), time.Second)
		defer cancel()
		parts, status := map[string]string{}, http.StatusOK
		for _, k := range checks {
			parts[k.Name] = "ok"
			if err := k.Ask(ctx); err != nil {
				parts[k.Name] = "not ready" // the reason is in the log of the part, not for strangers
				status = http.StatusServiceUnavailable
			}
		}
		c.Response().Header().Set("Cache-Control", "no-store")
		return c.JSON(status, parts)
	})
}

// Metrics registers /metrics for whoever brings the token, and counts requests by route. Without a
// token there is no such address.
func Metrics(e *echo.Echo, token string, pool *pgxpool.Pool) {
	if token == "" {
		return
	}
	reg := prometheus.NewRegistry()
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "fieldtrial_request_seconds", Help: "Time to answer by route and status.",
		Buckets: []float64{.002, .01, .05, .2, .5, 1, 5},
	}, []string{"method", "route", "status"})
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), seconds,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "fieldtrial_db_connections_in_use", Help: "Database connections in use."},
			func() float64 { return float64(pool.Stat().AcquiredConns()) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "fieldtrial_db_waits_total", Help: "Requests that waited for a database connection."},
			func() float64 { return float64(pool.Stat().EmptyAcquireCount()) }))
	e.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			start := time.Now()
			err := next(c)
			if err != nil {
				c.Error(err)
			}
			seconds.WithLabelValues(c.Request().Method, c.Path(), strconv.Itoa(c.Response().Status)).Observe(time.Since(start).Seconds())
			return nil
		}
	})
	h := promhttp.HandlerFor(reg, promhttp.HandlerOpts{})
	e.GET("/metrics", func(c echo.Context) error {
		given, _ := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(given), []byte(token)) != 1 {
			return echo.ErrNotFound
		}
		h.ServeHTTP(c.Response(), c.Request())
		return nil
	})
}
