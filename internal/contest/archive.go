package contest

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/city"
	"fieldtrial/internal/database"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/programme"
)

// ErrNoProgramme says that a contest has nothing to belong to yet.
var ErrNoProgramme = fault.New(fault.Conflict, "contest.no_programme", "There is no programme yet.")

// Archive is a contest that others ran, kept to be read. Host is the slug of the one who ran it; it
// lists no city of the programme. Zone is the one in which its dates are meant. Dates span what is
// kept in it.
type Archive struct {
	Slug     string
	Title    lang.Text
	Host     string
	HostName lang.Text
	Country  string // ISO 3166-1 alpha-2
	Zone     string
	Language lang.Tag
	Dates    Dates
}

// Kept is one challenge of an archive as it came. Opens and Closes are nil where they are not
// known.
type Kept struct {
	ExternalID string // the source's own; unique within the archive
	Agency     string // who published it there
	SourceURL  string
	Title      string
	Summary    string
	Sections   map[string]string // by SectionKeys, Markdown
	Tags       []string
	Opens      *time.Time
	Closes     *time.Time
}

// Outcome says what an import did with one thing.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
)

// OpenArchive finds the archive of that slug or makes it, with its host, and widens its dates where
// they do not reach as far as asked. It writes nothing when there is nothing to change.
func (s *Service) OpenArchive(ctx context.Context, actor authz.Actor, a Archive) (Edition, error) {
	if err := actor.Require(authz.ManageContests, authz.Scope{}); err != nil {
		return Edition{}, err
	}
	var id uuid.UUID
	err := s.db.InTx(ctx, func(tx database.Tx) error {
		if err := tx.Lock("contest.archive." + a.Slug); err != nil {
			return err
		}
		err := tx.Pgx().QueryRow(ctx, `select id from contests where slug = $1 and archived_at is not null`, a.Slug).Scan(&id)
		if err == nil {
			_, err = tx.Pgx().Exec(ctx, `update contests set opens_at = least(opens_at, $2), closes_at = greatest(closes_at, $3),
				judging_ends_at = greatest(judging_ends_at, $4), results_at = greatest(results_at, $5), version = version + 1
				where id = $1 and (opens_at > $2 or closes_at < $3)`, id, a.Dates.Opens, a.Dates.Closes, a.Dates.JudgingEnds, a.Dates.Results)
			return err
		}
		if !database.NotFound(err) {
			return err
		}
		id, err = insertArchive(tx, a)
		return err
	})
	if err != nil {
		return Edition{}, err
	}
	return editionByID(ctx, s.db.Pool(), id)
}

func insertArchive(tx database.Tx, a Archive) (uuid.UUID, error) {
	p, err := programme.Current(tx.Context(), tx.Pgx())
	if errors.Is(err, fault.ErrNotFound) {
		return uuid.Nil, ErrNoProgramme
	}
	if err != nil {
		return uuid.Nil, err
	}
	if err := city.KeepHost(tx, city.City{Slug: a.Host, Name: a.HostName, Country: a.Country, Region: "other", Zone: a.Zone, Language: a.Language}); err != nil {
		return uuid.Nil, err
	}
	id := uuid.Must(uuid.NewV7())
	_, err = tx.Pgx().Exec(tx.Context(), `insert into contests (id, programme_id, slug, record_scope, title, time_zone,
			opens_at, closes_at, judging_ends_at, results_at, entry_languages, announced_at, archived_at)
		values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11, clock_timestamp(), clock_timestamp())`,
		id, p.ID, a.Slug, uuid.NewString(), a.Title, a.Zone, a.Dates.Opens, a.Dates.Closes, a.Dates.JudgingEnds, a.Dates.Results, jsonList([]string{string(a.Language)}))
	return id, err
}

// Keep brings one challenge into an archive, or up to date there, published as it is. What came in
// the same words before is left alone byte for byte. The host is that of OpenArchive.
func (s *Service) Keep(ctx context.Context, actor authz.Actor, archive Edition, host string, a Kept) (Outcome, error) {
	t := Text{Language: lang.EN, Title: a.Title, Summary: a.Summary, Sections: a.Sections}.tidy()
	if err := a.check(t); err != nil {
		return "", err
	}
	sum, err := a.hash(t)
	if err != nil {
		return "", err
	}
	out := Unchanged
	err = s.db.InTx(ctx, func(tx database.Tx) error {
		if err := actor.Require(authz.PublishChallenge, authz.Scope{Contest: archive.ID}); err != nil {
			return err
		}
		if err := tx.Lock("contest.keep." + archive.Slug + "." + a.ExternalID); err != nil {
			return err
		}
		// Hundreds of these follow each other, and each can be repeated: Settle waits for the disk once.
		if _, err := tx.Pgx().Exec(ctx, `set local synchronous_commit = off`); err != nil {
			return err
		}
		var id uuid.UUID
		var known []byte
		err := tx.Pgx().QueryRow(ctx, `select id, import_hash from challenges where contest_id = $1 and external_id = $2`, archive.ID, a.ExternalID).Scan(&id, &known)
		switch {
		case database.NotFound(err):
			out = Created
			id, err = insertKept(tx, archive, host, a, t, sum)
		case err == nil && string(known) == string(sum):
			return nil
		case err == nil:
			out = Updated
			err = updateKept(tx, id, a, t, sum)
		}
		if err != nil {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		return Freeze(tx, id, now)
	})
	return out, err
}

// Settle returns when everything that Keep wrote is on disk.
func (s *Service) Settle(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx database.Tx) error {
		_, err := tx.Pgx().Exec(ctx, `select pg_current_xact_id()`) // a commit that waits for the log up to here
		return err
	})
}

func (a Kept) check(t Text) error {
	var v fault.Check
	v.That(a.ExternalID != "", "/externalId", "required")
	v.That(len([]rune(a.ExternalID)) <= 200, "/externalId", "too_long", "max", 200)
	v.That(t.Title != "", "/title", "required")
	v.That(len([]rune(t.Title)) <= 300, "/title", "too_long", "max", 300)
	v.That(len([]rune(t.Summary)) <= 2000, "/summary", "too_long", "max", 2000)
	for k, s := range t.Sections {
		v.That(len([]rune(s)) <= 200_000, "/texts/"+k, "too_long", "max", 200_000)
	}
	v.That(a.Opens == nil || a.Closes == nil || a.Opens.Before(*a.Closes), "/dates/closesAt", "order")
	return v.Err()
}

// hash is over everything that Keep writes.
func (a Kept) hash(t Text) ([]byte, error) {
	a.Title, a.Summary, a.Sections = t.Title, t.Summary, t.Sections
	for _, d := range []**time.Time{&a.Opens, &a.Closes} {
		if *d != nil {
			utc := (*d).UTC()
			*d = &utc
		}
	}
	b, err := json.Marshal(a)
	sum := sha256.Sum256(b)
	return sum[:], err
}

func insertKept(tx database.Tx, archive Edition, host string, a Kept, t Text, sum []byte) (uuid.UUID, error) {
	id := uuid.Must(uuid.NewV7())
	ctx := tx.Context()
	lead, err := city.HostBySlug(ctx, tx.Pgx(), host)
	if err != nil {
		return id, err
	}
	slug := slugFor(t.Title, host)
	published := a.Opens
	if published == nil {
		published = a.Closes
	}
	for _, name := range []string{slug, shortened(slug, 70-len(a.ExternalID)) + "-" + city.Slug(a.ExternalID), shortened(slug, 40) + "-" + id.String()[24:]} {
		tag, err := tx.Pgx().Exec(ctx, `insert into challenges (id, contest_id, lead_city_id, slug, language, tags, opens_at, closes_at, published_at,
				external_id, agency, source_url, import_hash)
			values ($1,$2,$3,$4,$5,$6,$7,$8,coalesce($9, clock_timestamp()),$10,$11,$12,$13) on conflict on constraint challenges_slug do nothing`,
			id, archive.ID, lead.ID, name, string(t.Language), jsonList(a.Tags), a.Opens, a.Closes, published, a.ExternalID, a.Agency, a.SourceURL, sum)
		if err != nil {
			return id, err
		}
		if tag.RowsAffected() == 0 {
			continue
		}
		if err := setCities(tx, id, []uuid.UUID{lead.ID}); err != nil {
			return id, err
		}
		t.SourceVersion, t.Version = 1, 1
		return id, insertText(tx, id, t, uuid.Nil)
	}
	return id, ErrSlugTaken
}

func updateKept(tx database.Tx, id uuid.UUID, a Kept, t Text, sum []byte) error {
	texts, err := readTexts(tx.Context(), tx.Pgx(), id)
	if err != nil {
		return err
	}
	if old := texts[t.Language]; !old.same(t) {
		t.Version, t.SourceVersion = old.Version, old.Version+1
		if err := updateText(tx, id, t, uuid.Nil); err != nil {
			return err
		}
	}
	if _, err := tx.Pgx().Exec(tx.Context(), `update challenges set tags = $2, opens_at = $3, closes_at = $4, agency = $5, source_url = $6, import_hash = $7
		where id = $1`, id, jsonList(a.Tags), a.Opens, a.Closes, a.Agency, a.SourceURL, sum); err != nil {
		return err
	}
	return touched(tx, id, true)
}

func shortened(slug string, most int) string {
	if most < 1 {
		return "c"
	}
	if len(slug) > most {
		slug = slug[:most]
	}
	return slug
}
