-- Rights, policies, triggers and functions of what 0016 made
-- Mail domains of companies. Owners and admins see and claim them, each by the own proven address; a claim is given up, never changed to
-- another domain. Who came by one or asks to is seen by those and by whoever asks; letting somebody in is a function.
do $$
declare t text;
begin
  foreach t in array array['organization_domains', 'organization_join_requests'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('create policy staff_read on public.%I for select to kraftverk_member using ((select app.is_staff()))', t);
    execute format('create policy member_read on public.%I for select to kraftverk_member using (organization_id in (select app.my_organizations(''{owner,admin}'')))', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
  end loop;
end $$;
--> statement-breakpoint
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- The mail domain of the asker's proven address; null: none is proven.
create function app.own_mail_domain() returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select split_part(u.email_normalized, '@', 2) from public.users u
  where u.id = app.user_id() and u.email_verified_at is not null and u.disabled_at is null $$;
--> statement-breakpoint
-- The company that the asker could come into by the own proven address, if any: whoever was in it before asks, whoever was refused
-- is not told of it again.
create function app.joinable_organization() returns table (organization_id text, name text, domain text, way text, asked_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select o.id, o.name, d.domain,
    case when exists (select 1 from public.organization_members m where m.organization_id = o.id and m.user_id = app.user_id()) then 'ask' else d.way end,
    (select r.created_at from public.organization_join_requests r
      where r.organization_id = o.id and r.user_id = app.user_id() and r.answered_at is null)
  from public.organization_domains d join public.organizations o on o.id = d.organization_id
  where d.domain = app.own_mail_domain() and d.given_up_at is null and o.closed_at is null
    and not exists (select 1 from public.organization_members m
      where m.organization_id = o.id and m.user_id = app.user_id() and m.left_at is null)
    and not exists (select 1 from public.organization_join_requests r
      where r.organization_id = o.id and r.user_id = app.user_id() and not r.accepted) $$;
--> statement-breakpoint
-- Makes somebody a member with a seat, or nothing where none is free. The organization must be locked. `ids`: of the membership and the seat.
create function app.seat_newcomer(organization text, newcomer text, ids text[], why text, business timestamptz) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if (select count(*) from public.seats s where s.organization_id = organization and s.status <> 'revoked') >= app.seats_allowed(organization) then
    return false;
  end if;
  insert into public.organization_members (id, organization_id, user_id, role, joined_at)
    values (ids[1], organization, newcomer, 'member', business);
  insert into public.seats (id, organization_id, user_id, status, created_at) values (ids[2], organization, newcomer, 'pending', business);
  update public.seats set status = 'claimed' where id = ids[2];
  insert into public.seat_transitions (subject_id, event, from_state, to_state, actor, cause, at) values
    (ids[2], 'created', null, 'pending', 'user:' || app.user_id(), why, business),
    (ids[2], 'claimed', 'pending', 'claimed', 'user:' || app.user_id(), why, business);
  return true;
end $$;
--> statement-breakpoint
-- The asker comes into a company by the own proven address, or asks to: an open invitation to that address counts first. One at a time
-- for each company. `ids`: of the membership, the seat and the request. Answers `gone`, `joined`, `asked` or `full` (asked, since no
-- seat is free), and whether that is new.
create function app.join_by_domain(organization text, ids text[], at timestamptz, business timestamptz)
  returns table (outcome text, fresh boolean)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare joinable record; invited text;
begin
  perform 1 from public.organizations o where o.id = organization and o.closed_at is null for no key update;
  if not found then return query select 'gone', false; return; end if;
  if app.organization_role(organization) is not null then return query select 'joined', false; return; end if;
  select j.domain, j.way, j.asked_at into joinable from app.joinable_organization() j where j.organization_id = organization;
  if not found then return query select 'gone', false; return; end if;
  select i.token_hash into invited from public.organization_invitations i join public.users u on u.id = app.user_id()
    where i.organization_id = organization and i.email_normalized = u.email_normalized and i.accepted_at is null
      and i.withdrawn_at is null and i.expires_at > at;
  if found and app.accept_organization_invitation(invited, app.user_id(), ids, at, business) = organization then
    return query select 'joined', false; return;
  end if;
  if joinable.way = 'join' and app.seat_newcomer(organization, app.user_id(), ids, ids[3], business) then
    delete from public.organization_join_requests r
      where r.organization_id = organization and r.user_id = app.user_id() and r.answered_at is null;
    insert into public.organization_join_requests (id, organization_id, domain, user_id, lacked_seat, created_at, answered_at, accepted)
      values (ids[3], organization, joinable.domain, app.user_id(), joinable.asked_at is not null, coalesce(joinable.asked_at, business), business, true);
    return query select 'joined', true; return;
  end if;
  insert into public.organization_join_requests (id, organization_id, domain, user_id, lacked_seat, created_at)
    values (ids[3], organization, joinable.domain, app.user_id(), joinable.way = 'join', business)
    on conflict (organization_id, user_id) where answered_at is null do nothing;
  return query select case when joinable.way = 'join' then 'full' else 'asked' end, found;
end $$;
--> statement-breakpoint
-- Owners and admins let somebody in who asks. Answers `gone`, `no_seat` or who it was.
create function app.let_in(organization text, request text, ids text[], business timestamptz) returns text
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare asking record;
begin
  if app.user_id() is null or coalesce(app.organization_role(organization), '') not in ('owner', 'admin') then return 'gone'; end if;
  perform 1 from public.organizations o where o.id = organization and o.closed_at is null for no key update;
  if not found then return 'gone'; end if;
  select r.id, r.user_id into asking from public.organization_join_requests r join public.users u on u.id = r.user_id
    where r.id = request and r.organization_id = organization and r.answered_at is null and u.disabled_at is null for update of r;
  if not found then return 'gone'; end if;
  if not exists (select 1 from public.organization_members m
      where m.organization_id = organization and m.user_id = asking.user_id and m.left_at is null)
    and not app.seat_newcomer(organization, asking.user_id, ids, asking.id, business) then
    return 'no_seat';
  end if;
  update public.organization_join_requests set answered_at = business, accepted = true, answered_by = app.user_id() where id = asking.id;
  return asking.user_id;
end $$;
--> statement-breakpoint
-- Who asks to come into an organization, for its owners and admins and for staff.
create function app.organization_askers(organization text)
  returns table (id text, user_id text, email text, name text, domain text, lacked_seat boolean, created_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.id, u.id, u.email, u.name, r.domain, r.lacked_seat, r.created_at
  from public.organization_join_requests r join public.users u on u.id = r.user_id
  where r.organization_id = organization and r.answered_at is null and u.disabled_at is null
    and not exists (select 1 from public.organization_members m
      where m.organization_id = organization and m.user_id = u.id and m.left_at is null)
    and (app.is_staff() or app.organization_role(organization) in ('owner', 'admin')) $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.own_mail_domain(), app.joinable_organization(), app.seat_newcomer(text, text, text[], text, timestamptz),
  app.join_by_domain(text, text[], timestamptz, timestamptz), app.let_in(text, text, text[], timestamptz), app.organization_askers(text) from public;
--> statement-breakpoint
grant execute on function app.own_mail_domain(), app.joinable_organization(), app.join_by_domain(text, text[], timestamptz, timestamptz),
  app.let_in(text, text, text[], timestamptz), app.organization_askers(text) to kraftverk_member, kraftverk_service;
--> statement-breakpoint
grant insert, update (way, given_up_at) on organization_domains to kraftverk_member;
--> statement-breakpoint
create policy member_claim on organization_domains for insert to kraftverk_member
  with check (organization_id in (select app.my_organizations('{owner,admin}')) and claimed_by = (select app.user_id())
    and domain = (select app.own_mail_domain()) and given_up_at is null
    and exists (select 1 from organizations o where o.id = organization_id and o.kind = 'company'));
--> statement-breakpoint
create policy member_change on organization_domains for update to kraftverk_member
  using (given_up_at is null and organization_id in (select app.my_organizations('{owner,admin}')))
  with check (organization_id in (select app.my_organizations('{owner,admin}')));
--> statement-breakpoint
create policy staff_change on organization_domains for update to kraftverk_member
  using (given_up_at is null and (select app.staff_is('owner', 'support'))) with check (given_up_at is not null and (select app.staff_is('owner', 'support')));
--> statement-breakpoint
grant update (answered_at, accepted, answered_by) on organization_join_requests to kraftverk_member;
--> statement-breakpoint
create policy member_own on organization_join_requests for select to kraftverk_member using (user_id = (select app.user_id()));
--> statement-breakpoint
create policy member_refuse on organization_join_requests for update to kraftverk_member
  using (answered_at is null and organization_id in (select app.my_organizations('{owner,admin}')))
  with check (not accepted and answered_by = (select app.user_id()) and organization_id in (select app.my_organizations('{owner,admin}')));
--> statement-breakpoint
-- What organizations may do, for many at once.
grant create on schema app to kraftverk_service;
--> statement-breakpoint
set local role kraftverk_service;
--> statement-breakpoint
-- As before; that nothing was bought, as nearly always, is seen by one look.
create or replace function app.extra_seats(organization text) returns integer
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
begin
  if not exists (select from public.subscriptions s where s.organization_id = organization and s.extra_seats > 0) then return 0; end if;
  return (select coalesce(max(s.extra_seats), 0) from public.subscriptions s join public.plan_versions v on v.id = s.plan_version_id
    where s.organization_id = organization and s.extra_seats > 0 and s.status in ('trialing', 'active', 'past_due', 'unpaid')
      and exists (select 1 from public.entitlements e join public.plan_versions held on held.id = e.plan_version_id
        where e.organization_id = organization and e.feature = 'seats' and e.source = 'plan' and e.replaced_at is null
          and held.plan_code = v.plan_code));
end $$;
--> statement-breakpoint
-- Each as `app.entitlements_of` says it, which stays for processes of the release before; no row for one that there is not. `no` counts from one.
create function app.entitlements_of_many(organizations text[], members text[]) returns table (no int, held json)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return query select asked.place::int, json_build_object(
    'role', (select m.role from public.organization_members m
      where m.organization_id = o.id and m.user_id = asked.member and m.left_at is null),
    'plan', (select json_build_object('code', v.plan_code, 'versionId', v.id) from public.entitlements e
      join public.plan_versions v on v.id = e.plan_version_id
      where e.organization_id = o.id and e.source = 'plan' and e.replaced_at is null limit 1),
    'entitlements', coalesce((select json_object_agg(e.feature, e.value) from public.entitlements_effective e where e.organization_id = o.id), '{}'),
    'nextChangeAt', (select min(b.at) from public.entitlements e, lateral (values (e.starts_at), (e.ends_at)) b(at)
      where e.organization_id = o.id and e.replaced_at is null and b.at > (select public.app_now())))
  from unnest(organizations, members) with ordinality as asked(organization, member, place)
    join public.organizations o on o.id = asked.organization where o.closed_at is null;
end $$;
--> statement-breakpoint
reset role;
--> statement-breakpoint
revoke create on schema app from kraftverk_service;
--> statement-breakpoint
revoke all on function app.entitlements_of_many(text[], text[]) from public;
--> statement-breakpoint
grant execute on function app.entitlements_of_many(text[], text[]) to kraftverk_member, kraftverk_service;
