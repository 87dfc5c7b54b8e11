-- +goose Up
-- Who left before the end was there, too.
alter table meeting_people drop constraint meeting_people_presence_check,
  add constraint meeting_people_presence_check check (presence in ('present','remote','left','excused','absent'));
-- How many could vote, and how many of them it took, when the vote was kept: people come late and go early.
alter table meeting_items
  add column voters integer check (voters >= 0),
  add column needed integer check (needed > 0);

-- +goose Down
alter table meeting_items drop column voters, drop column needed;
update meeting_people set presence = 'excused' where presence = 'left';
alter table meeting_people drop constraint meeting_people_presence_check,
  add constraint meeting_people_presence_check check (presence in ('present','remote','excused','absent'));
