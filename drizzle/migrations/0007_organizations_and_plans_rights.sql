-- Rights, policies, triggers and functions of what 0006 made

-- Plans: what they are called, cost and hold is everybody's to see; a draft is for staff alone, and theirs to write.
insert into features (key, kind, position, documented, derived, name) values
  ('canUseAllModules', 'boolean', 0, true, false, '{"sv": "Alla moduler", "en": "All modules"}'),
  ('canExportMD', 'boolean', 1, false, false, '{"sv": "Export till Markdown", "en": "Export to Markdown"}'),
  ('canExportPDF', 'boolean', 2, true, false, '{"sv": "Export till PDF", "en": "Export to PDF"}'),
  ('canExportJSON', 'boolean', 3, true, false, '{"sv": "Export till JSON", "en": "Export to JSON"}'),
  ('canUseGptTestReal', 'boolean', 4, true, false, '{"sv": "Riktiga GPT-test", "en": "Real GPT tests"}'),
  ('hasCloudHistory', 'boolean', 5, false, false, '{"sv": "Historik i molnet", "en": "Cloud history"}'),
  ('hasEvaluatorAI', 'boolean', 6, false, false, '{"sv": "AI-bedömning", "en": "Evaluator AI"}'),
  ('hasAPI', 'boolean', 7, true, false, '{"sv": "API-nycklar", "en": "API keys"}'),
  ('canExportBundleZip', 'boolean', 8, true, false, '{"sv": "Allt i en ZIP-fil", "en": "Everything in a ZIP file"}'),
  ('hasWhiteLabel', 'boolean', 9, true, false, '{"sv": "Egen profilering", "en": "Your own branding"}'),
  ('hasSeatsGT1', 'boolean', 10, true, true, '{"sv": "Flera platser", "en": "Multiple seats"}'),
  ('seats', 'number', 11, false, false, '{"sv": "Platser", "en": "Seats"}');
--> statement-breakpoint
do $$
declare t text;
begin
  foreach t in array array['features', 'plans', 'plan_versions', 'plan_version_transitions', 'plan_version_prices', 'plan_entitlements'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('alter table public.%I force row level security', t);
    execute format('create policy service_all on public.%I for all to kraftverk_service using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on public.%I to kraftverk_service', t);
    execute format('grant select on public.%I to kraftverk_member', t);
  end loop;
  foreach t in array array['features', 'plans'] loop
    execute format('create policy member_read on public.%I for select to kraftverk_member using (true)', t);
  end loop;
  create policy member_read on plan_versions for select to kraftverk_member using (status <> 'draft' or (select app.is_staff()));
  create policy staff_read on plan_version_transitions for select to kraftverk_member using ((select app.is_staff()));
  foreach t in array array['plan_version_prices', 'plan_entitlements'] loop
    execute format('create policy member_read on public.%I for select to kraftverk_member using (exists (select 1 from public.plan_versions v where v.id = plan_version_id))', t);
    execute format('create policy staff_draft on public.%I for all to kraftverk_member
      using ((select app.staff_is(''owner'', ''marketing'')) and exists (select 1 from public.plan_versions v where v.id = plan_version_id and v.status = ''draft''))
      with check ((select app.staff_is(''owner'', ''marketing'')) and exists (select 1 from public.plan_versions v where v.id = plan_version_id and v.status = ''draft''))', t);
    execute format('grant insert, update, delete on public.%I to kraftverk_member', t);
  end loop;
  create policy staff_write on plan_versions for all to kraftverk_member
    using ((select app.staff_is('owner', 'marketing'))) with check ((select app.staff_is('owner', 'marketing')));
  create policy staff_append on plan_version_transitions for insert to kraftverk_member with check ((select app.staff_is('owner', 'marketing')));
end $$;
--> statement-breakpoint
-- What was published is never written again: its prices and entitlements are what somebody pays for.
grant insert, update (status, name, summary, reason, published_at, retired_at), delete on plan_versions to kraftverk_member;
--> statement-breakpoint
grant insert on plan_version_transitions to kraftverk_member;
--> statement-breakpoint
create function app.keep_published_version() returns trigger language plpgsql as $$
begin
  if old.status <> 'draft' and (tg_op = 'DELETE' or (new.name, new.summary, new.reason) is distinct from (old.name, old.summary, old.reason)) then
    raise exception 'a published version of a plan is never changed';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
--> statement-breakpoint
create trigger keep_published before update or delete on plan_versions for each row execute function app.keep_published_version();
