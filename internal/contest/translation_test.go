package contest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"fieldtrial/internal/authz"
	"fieldtrial/internal/contest"
	"fieldtrial/internal/fault"
	"fieldtrial/internal/lang"
	"fieldtrial/internal/testkit"
)

func TestTranslationsFollowTheOriginal(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	ctx := context.Background()
	d := k.complete(t)
	spanish := contest.Text{Language: lang.ES, Title: "Contar la basura\x00", Summary: "Una línea\ny otra", Sections: map[string]string{"problem": "Texto"}}
	got, err := k.s.Write(ctx, k.translator, d.ID, spanish)
	want(t, "translate a draft", err, nil)
	if got.Version != 1 || got.Title != "Contar la basura" || got.Summary != "Una línea y otra" {
		t.Errorf("written %+v", got)
	}
	_, err = k.s.Write(ctx, k.translator, d.ID, spanish)
	want(t, "a second first version", err, fault.ErrStale)
	_, err = k.s.Write(ctx, k.translator, d.ID, d.Texts[lang.JA])
	want(t, "the original by a translator", err, fault.ErrForbidden)
	_, err = k.s.Write(ctx, k.elsewhere, d.ID, contest.Text{Language: lang.EN, Title: "x"})
	want(t, "translation by another city", err, fault.ErrNotFound)
	again, err := k.s.Write(ctx, k.translator, d.ID, got)
	if err != nil || again.Version != got.Version {
		t.Errorf("the same text again: version %d, %v", again.Version, err)
	}
	if d := k.read(t, d.ID); d.Texts.Stale(lang.ES, lang.JA) || fmt.Sprint(d.Texts.Pending(lang.JA)) != "[en]" {
		t.Errorf("pending %v", d.Texts.Pending(lang.JA))
	}
	original := k.read(t, d.ID).Texts[lang.JA]
	original.Title += "。"
	_, err = k.s.Write(ctx, k.author, d.ID, original)
	want(t, "change the original", err, nil)
	if d := k.read(t, d.ID); !d.Texts.Stale(lang.ES, lang.JA) || len(d.Texts.Pending(lang.JA)) != 2 {
		t.Error("a translation of an older version is not stale")
	}
	if list, _ := k.pending(ctx, k.manager, contest.TranslationFilter{}); len(list) != 0 {
		t.Errorf("a draft waits for translation: %+v", list)
	}
	_, err = k.s.Send(ctx, k.author, d.ID)
	want(t, "send", err, nil)
	_, err = k.s.Approve(ctx, k.second, d.ID)
	want(t, "approve", err, nil)
	_, err = k.s.Publish(ctx, k.author, d.ID)
	want(t, "publish", err, nil)
	list, err := k.pending(ctx, k.manager, contest.TranslationFilter{})
	if err != nil || len(list) != 2 || list[0].Target != lang.EN || list[0].Stale || !list[1].Stale {
		t.Errorf("pending %+v %v", list, err)
	}
	if list, _ := k.pending(ctx, k.elsewhere, contest.TranslationFilter{}); len(list) != 0 {
		t.Errorf("another city sees %+v", list)
	}
	if _, err := k.pending(ctx, testkit.Person(t, k.db, "Visitor"), contest.TranslationFilter{}); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a visitor sees translations: %v", err)
	}
	_, err = k.s.Write(ctx, k.manager, d.ID, got)
	want(t, "the same words, confirmed after publication", err, nil)
	if list, _ := k.pending(ctx, k.manager, contest.TranslationFilter{Target: lang.ES}); len(list) != 0 {
		t.Errorf("still pending %+v", list)
	}
	for words, n := range map[string]int{"ゴミ": 0, "basura": 1, "100%": 0} {
		if list, err := k.pending(ctx, k.manager, contest.TranslationFilter{Words: words}); err != nil || len(list) != n {
			t.Errorf("%q finds %+v %v", words, list, err)
		}
	}
	testkit.Exec(t, k.db, `update contests set archived_at = clock_timestamp() where id = $1`, d.ContestID)
	if list, _ := k.pending(ctx, k.manager, contest.TranslationFilter{}); len(list) != 0 {
		t.Errorf("an archived one waits for translation: %+v", list)
	}
}

// pending reads the list one by one, as a page does that goes on.
func (k desk) pending(ctx context.Context, actor authz.Actor, f contest.TranslationFilter) ([]contest.Translation, error) {
	f.Limit = 1
	out := []contest.Translation{}
	for {
		page, err := k.s.Translations(ctx, actor, f)
		if out = append(out, page.Items...); err != nil || page.Next == "" {
			if err == nil && len(out) != page.Total {
				err = fmt.Errorf("%d of %d", len(out), page.Total)
			}
			return out, err
		}
		f.Cursor = page.Next
	}
}
