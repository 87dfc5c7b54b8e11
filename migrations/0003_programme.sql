-- +goose Up
create table programmes (
  id                 uuid primary key,
  slug               text not null unique,
  record_scope       text not null unique, -- public random id used in record leaves
  name               text not null,
  title              jsonb not null default '{}',
  grants             jsonb not null default '[]',
  starts_on          date not null,        -- first day of Month 1
  shifted            boolean not null default false, -- true: Month 1 was set so that the first start lies in the contest's month
  months             integer not null check (months > 0),
  assessed_in_months jsonb not null default '[]',
  languages          jsonb not null default '["en"]',
  time_zone          text not null default 'UTC',
  created_at         timestamptz not null default clock_timestamp()
);

create table target_groups (
  id           uuid primary key,
  programme_id uuid not null references programmes,
  slug         text not null,
  name         jsonb not null,
  needs        jsonb not null default '{}',
  position     integer not null,
  unique (programme_id, slug)
);

create table cities (
  id         uuid primary key,
  slug       text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name       jsonb not null,
  country    text not null check (country ~ '^[A-Z]{2}$'),
  region     text not null check (region in ('EU','JP','other')),
  time_zone  text not null,
  language   text not null check (language in ('en','es','ja')),
  position   integer not null, -- decides shape and colour on the page
  version    integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  constraint cities_slug unique (slug),
  constraint cities_position unique (position)
);

-- Cities that could join, with what is known of them: offered when an admin adds a city.
create table city_candidates (
  slug         text primary key,
  name         jsonb not null,
  country      text not null,
  via          text not null default '',
  local_issues jsonb not null default '{}'
);

create table testbeds (
  id           uuid primary key,
  slug         text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  pilot        text not null default '',
  use_case     integer,
  provider     text not null default '',  -- set when a provider, not a city, offers it
  partner      text not null default '',
  name         jsonb not null,
  summary      jsonb not null default '{}',
  gives        jsonb not null default '{}', -- {"place": {…}, "devices": {…}, "data": {…}, "apis": {…}}, each a text by language
  capacity     integer not null default 1 check (capacity > 0),
  open         boolean not null default true,
  version      integer not null default 1,
  created_at   timestamptz not null default clock_timestamp(),
  constraint testbeds_slug unique (slug)
);

-- The first city leads.
create table testbed_cities (
  testbed_id uuid not null references testbeds on delete cascade,
  city_id    uuid not null references cities,
  position   integer not null,
  primary key (testbed_id, city_id),
  unique (testbed_id, position)
);

-- Days are days of the city's calendar, both ends included.
create table slots (
  id         uuid primary key,
  testbed_id uuid not null references testbeds on delete cascade,
  city_id    uuid not null references cities,
  starts_on  date not null,
  ends_on    date not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint slots_dates check (starts_on <= ends_on),
  constraint slots_once unique (testbed_id, city_id, starts_on, ends_on)
);

-- +goose Down
drop table slots, testbed_cities, testbeds, city_candidates, cities, target_groups, programmes;
