-- The rows of a small shop as version 0003 kept them: a membership at its campaign price, bought and renewed; a bag sent back
-- within the right of withdrawal; a towel paid back by staff and what was mailed, booked and heard about them.
-- Version 0003 is released: this file does not change.
insert into app_clock ("id", "version", "offset_ms") overriding system value values
  (1, 1, 2764799988);
insert into audit_entries ("at", "id", "actor", "action", "detail", "reason", "subject", "fact_key", "request_id") overriding system value values
  ('2026-11-21T09:25:34.43282+00:00', 'aud_06gztv74dc1sfbtq8hnctskdb', 'system:payments', 'payments.paid', '29900 SEK', null, 'pay_06gztv7404088mjjamkcfywhm', 'payment:pay_06gztv7404088mjjamkcfywhm:paid:29900', 'req_06gztv74br40v26hcen9tdaq4'),
  ('2026-11-21T09:25:35.826908+00:00', 'aud_06gztv79x02mpxnhrr6meny0h', 'system:payments', 'payments.paid', '29900 SEK', null, 'pay_06gztv7818484y77q9cfx5f98', 'payment:pay_06gztv7818484y77q9cfx5f98:paid:29900', 'req_06gztv76rr6ka0q4m6yy3sqkp'),
  ('2026-11-21T09:25:36.178523+00:00', 'aud_06gztv7b6m6s6ezqkr2srwp99', 'system:payments', 'payments.paid', '44900 SEK', null, 'pay_06gztv7ax87dnz9z4n0bjm6qh', 'payment:pay_06gztv7ax87dnz9z4n0bjm6qh:paid:44900', 'req_06gztv7b645b67ygt7sy1stcj'),
  ('2026-11-21T09:25:36.628399+00:00', 'aud_06gztv7cz05ydz6t59jgzegm5', 'system:payments', 'payments.refunded', '44900 SEK', null, 'pay_06gztv7ax87dnz9z4n0bjm6qh', 'payment:pay_06gztv7ax87dnz9z4n0bjm6qh:refunded:44900', 'req_06gztv7c5w52r2r64a91jedq3'),
  ('2026-11-21T09:25:36.860377+00:00', 'aud_06gztv7dvr5yxzbgbypkhbkxk', 'system:payments', 'payments.paid', '14900 SEK', null, 'pay_06gztv7dmg5j26kjgj2we38gv', 'payment:pay_06gztv7dmg5j26kjgj2we38gv:paid:14900', 'req_06gztv7dvc5echmkv1veqjqf0'),
  ('2026-11-21T09:25:37.056513+00:00', 'aud_06gztv7enr4mnwaw5gtx4r7xe', 'staff:usr_c232ddc0', 'payments.refund', null, 'skadad vid leverans', 'ord_06gztv7dm45ma618080stsa77', null, ''),
  ('2026-11-21T09:25:37.19715+00:00', 'aud_06gztv7f5r5nbwn1d804bws0d', 'system:payments', 'payments.refunded', '14900 SEK', null, 'pay_06gztv7dmg5j26kjgj2we38gv', 'payment:pay_06gztv7dmg5j26kjgj2we38gv:refunded:14900', 'req_06gztv7esm2dr24cznkd4m9sh');
insert into campaign_announcements ("id", "body", "action", "result", "version", "event_id", "body_hash", "applied_at", "visible_at", "campaign_id", "occurred_at", "received_at") overriding system value values
  ('can_06gztv72fm77k3gdq8fn2txgj', '{"action":"price.updated","priceUpdate":{"stripePriceId":"price_TEST123","originalProductId":"test-kund","campaignId":"november","campaignName":"November"}}', 'price.updated', 'created', null, null, '3cfd7151cd5127ea5f71e618d45ec43865250ef07d481968a496f866853e6337', '2026-11-21T09:25:33.955277+00:00', '2026-11-21T09:25:34.103701+00:00', 'november', null, '2026-11-21T09:25:33.82+00:00');
insert into campaign_prices ("id", "state", "amount", "problem", "version", "currency", "interval", "checked_at", "created_at", "product_id", "campaign_id", "announced_at", "interval_count", "stripe_price_id", "announced_currency", "announced_interval") overriding system value values
  ('cpr_06gztv72dr6s0e9qpynw9znbm', 'usable', 29900, null, 0, 'SEK', 'month', '2026-11-21T09:25:34.072+00:00', '2026-11-21T09:25:33.82+00:00', 'test-kund', 'november', '2026-11-21T09:25:33.82+00:00', 1, 'price_TEST123', null, null);
insert into campaign_products ("product_id", "campaign_id") overriding system value values
  ('test-kund', 'november');
insert into campaign_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-11-21T09:25:33.82+00:00', 1, 'partner:source', 'announced', 'created', null, 'draft', null, 'november'),
  ('2026-11-21T09:25:33.82+00:00', 2, 'partner:source', 'announced', 'activated', null, 'active', 'draft', 'november');
insert into campaigns ("id", "name", "note", "end_at", "source", "status", "version", "start_at", "created_at", "stopped_at", "updated_at", "boundary_at", "occurred_at", "last_body_hash", "duration_months") overriding system value values
  ('november', 'November', null, null, 'partner', 'active', null, null, '2026-11-21T09:25:33.82+00:00', null, '2026-11-21T09:25:33.82+00:00', null, null, '3cfd7151cd5127ea5f71e618d45ec43865250ef07d481968a496f866853e6337', null);
insert into cart_lines ("cart_id", "position", "quantity", "product_id", "variant_id", "shown_amount") overriding system value values
  ('crt_06gztv7384460xwnbm8p3kjag', 0, 1, 'test-kund', 'test-kund-month', 29900),
  ('crt_06gztv7ang021yh99tjksavnr', 0, 1, 'bag', 'bag-one', 44900),
  ('crt_06gztv7ddr3p05vjsf9g0dpvn', 0, 1, 'towel', 'towel-one', 14900);
insert into carts ("id", "direct", "status", "version", "currency", "created_at", "updated_at", "customer_id", "access_token_hash") overriding system value values
  ('crt_06gztv7384460xwnbm8p3kjag', true, 'ordered', 2, 'SEK', '2026-11-21T09:25:34.132+00:00', '2026-11-21T09:25:34.264+00:00', null, '90e2e9cc53af074303fdad9705b04d0f05c373f41805c65408290ba8551875d7'),
  ('crt_06gztv7ang021yh99tjksavnr', true, 'ordered', 2, 'SEK', '2026-12-23T09:25:36.022+00:00', '2026-12-23T09:25:36.073+00:00', null, '38bc27e287febe9adb4e859ed602ef1d52209099bd2b72897a31fff45e5d2ccc'),
  ('crt_06gztv7ddr3p05vjsf9g0dpvn', true, 'ordered', 2, 'SEK', '2026-12-23T09:25:36.727+00:00', '2026-12-23T09:25:36.774+00:00', null, 'fd50961bd54603da142019bd54fc8a60d0a7dc26ea35427ea2f03ddff8d333c0');
insert into checkout_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-11-21T09:25:34.132+00:00', 1, 'anonymous', null, 'created', null, 'created', null, 'chk_06gztv73705d5yw66ka44y5bg'),
  ('2026-11-21T09:25:34.132+00:00', 2, 'anonymous', null, 'opened', null, 'open', 'created', 'chk_06gztv73705d5yw66ka44y5bg'),
  ('2026-11-21T09:25:34.264+00:00', 3, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'completed', null, 'completed', 'open', 'chk_06gztv73705d5yw66ka44y5bg'),
  ('2026-12-23T09:25:36.022+00:00', 4, 'anonymous', null, 'created', null, 'created', null, 'chk_06gztv7amc1yed2912etpsrr3'),
  ('2026-12-23T09:25:36.022+00:00', 5, 'anonymous', null, 'opened', null, 'open', 'created', 'chk_06gztv7amc1yed2912etpsrr3'),
  ('2026-12-23T09:25:36.073+00:00', 6, 'system:test', 'payment page cs_test_a11xgIbIx8w16ZrAf5p4RVvSppdbAAte3SW0RoFOKAy0RHcGNGABwcQGtlHi', 'completed', null, 'completed', 'open', 'chk_06gztv7amc1yed2912etpsrr3'),
  ('2026-12-23T09:25:36.727+00:00', 7, 'anonymous', null, 'created', null, 'created', null, 'chk_06gztv7dcc4gk1gqw8apffhkt'),
  ('2026-12-23T09:25:36.727+00:00', 8, 'anonymous', null, 'opened', null, 'open', 'created', 'chk_06gztv7dcc4gk1gqw8apffhkt'),
  ('2026-12-23T09:25:36.774+00:00', 9, 'system:test', 'payment page cs_test_a11xgIbIfTDiWIABCJZzTrfPBGHUhBhQ8ibkFEYgaGg7sVS4krNLJh6xAqws', 'completed', null, 'completed', 'open', 'chk_06gztv7dcc4gk1gqw8apffhkt');
insert into checkouts ("id", "url", "mode", "email", "lines", "locale", "status", "attempt", "cart_id", "currency", "created_at", "expires_at", "cancel_path", "customer_id", "cart_version", "failure_code", "total_amount", "next_check_at", "idempotency_key", "start_consent_at", "access_token_hash", "requires_shipping", "stripe_session_id", "stripe_customer_id") overriding system value values
  ('chk_06gztv73705d5yw66ka44y5bg', 'https://checkout.stripe.com/c/pay/cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'subscription', null, '[{"name": "Test Kund, Månadsvis", "quantity": 1, "productId": "test-kund", "variantId": "test-kund-month", "taxRateBps": 600, "unitAmount": 29900, "stripePriceId": "price_TEST123", "priceReceiptId": "prr_06gztv73b42xxrn8e8a9fvbk3"}]', 'sv', 'completed', 1, 'crt_06gztv7384460xwnbm8p3kjag', 'SEK', '2026-11-21T09:25:34.132+00:00', '2026-11-21T10:00:34.132+00:00', '/medlemskap', null, 2, null, 29900, null, 'crt_06gztv7384460xwnbm8p3kjag:2:bf2b0c611a71c8f8:1', null, '1e743e7894371d07decc21d4361763dc9707a1c40ab445eea62f4ee9a4953886', false, 'cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', null),
  ('chk_06gztv7amc1yed2912etpsrr3', 'https://checkout.stripe.com/c/pay/cs_test_a11xgIbIx8w16ZrAf5p4RVvSppdbAAte3SW0RoFOKAy0RHcGNGABwcQGtlHi', 'payment', null, '[{"name": "Träningsväska", "quantity": 1, "productId": "bag", "variantId": "bag-one", "taxRateBps": 2500, "unitAmount": 44900, "stripePriceId": "price_11xUhLhKfdQF7zVv5OzgTXTi", "priceReceiptId": "prr_06gztv7aq07jyhd24we3vswk5"}]', 'sv', 'completed', 1, 'crt_06gztv7ang021yh99tjksavnr', 'SEK', '2026-12-23T09:25:36.022+00:00', '2026-12-23T10:00:36.022+00:00', '/products/bag', null, 2, null, 44900, null, 'crt_06gztv7ang021yh99tjksavnr:2:d9973942f21e13f8:1', null, '756349521562fa019ea2e3efb173cf0d282ea0f376d73f3060a73627da876291', true, 'cs_test_a11xgIbIx8w16ZrAf5p4RVvSppdbAAte3SW0RoFOKAy0RHcGNGABwcQGtlHi', null),
  ('chk_06gztv7dcc4gk1gqw8apffhkt', 'https://checkout.stripe.com/c/pay/cs_test_a11xgIbIfTDiWIABCJZzTrfPBGHUhBhQ8ibkFEYgaGg7sVS4krNLJh6xAqws', 'payment', null, '[{"name": "Handduk", "quantity": 1, "productId": "towel", "variantId": "towel-one", "taxRateBps": 2500, "unitAmount": 14900, "stripePriceId": "price_11xUhLhSCSGL6xFQxzaxm1eV", "priceReceiptId": "prr_06gztv7df434wm83t6h7n3jbj"}]', 'sv', 'completed', 1, 'crt_06gztv7ddr3p05vjsf9g0dpvn', 'SEK', '2026-12-23T09:25:36.727+00:00', '2026-12-23T10:00:36.727+00:00', '/products/towel', null, 2, null, 14900, null, 'crt_06gztv7ddr3p05vjsf9g0dpvn:2:a6cdf2fa7f8beebc:1', null, '89aa9948583293764c4dffd3b4d41bd4ccbca91aa4699a10ed71f6a2c5389352', true, 'cs_test_a11xgIbIfTDiWIABCJZzTrfPBGHUhBhQ8ibkFEYgaGg7sVS4krNLJh6xAqws', null);
insert into customers ("id", "name", "email", "locale", "user_id", "created_at", "merged_into_id", "email_normalized") overriding system value values
  ('cus_c232ddc0', null, 'ekonomi@butiken.example', 'sv', 'usr_c232ddc0', '2026-11-21T09:25:33.79+00:00', null, 'ekonomi@butiken.example'),
  ('cus_06gztv73vc2kexmwm4pvrqtm3', 'Kim Karlsson', 'buyer1@example.se', 'sv', null, '2026-11-21T09:25:34.264+00:00', null, 'buyer1@example.se'),
  ('cus_06gztv7awc5435z9nj7y6xqms', 'Kim Karlsson', 'buyer2@example.se', 'sv', null, '2026-12-23T09:25:36.073+00:00', null, 'buyer2@example.se'),
  ('cus_06gztv7dkr5wfvqm22pbkx9re', 'Kim Karlsson', 'buyer3@example.se', 'sv', null, '2026-12-23T09:25:36.774+00:00', null, 'buyer3@example.se');
insert into email_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-11-21T09:25:34.429+00:00', 1, 'system:subscriptions.send-started', null, 'created', null, 'queued', null, 'eml_06gztv74sg3v7e32kfndr8pgm'),
  ('2026-11-21T09:25:34.578+00:00', 2, 'system:messaging.send', null, 'claimed', null, 'sending', 'queued', 'eml_06gztv74sg3v7e32kfndr8pgm'),
  ('2026-11-21T09:25:34.432+00:00', 3, 'system:orders.send-confirmation', null, 'created', null, 'queued', null, 'eml_06gztv750m7tjbv3g9jbv0avh'),
  ('2026-11-21T09:25:34.621+00:00', 4, 'system:messaging.send', null, 'claimed', null, 'sending', 'queued', 'eml_06gztv750m7tjbv3g9jbv0avh'),
  ('2026-11-21T09:25:34.621+00:00', 5, 'system:messaging.send', null, 'sent', null, 'sent', 'sending', 'eml_06gztv750m7tjbv3g9jbv0avh'),
  ('2026-11-21T09:25:34.578+00:00', 6, 'system:messaging.send', null, 'sent', null, 'sent', 'sending', 'eml_06gztv74sg3v7e32kfndr8pgm'),
  ('2026-12-23T09:25:35.8+00:00', 7, 'system:billing.send-receipt', null, 'created', null, 'queued', null, 'eml_06gztv79yr6y0j9b832macvzf'),
  ('2026-12-23T09:25:35.871+00:00', 8, 'system:messaging.send', null, 'claimed', null, 'sending', 'queued', 'eml_06gztv79yr6y0j9b832macvzf'),
  ('2026-12-23T09:25:35.871+00:00', 9, 'system:messaging.send', null, 'sent', null, 'sent', 'sending', 'eml_06gztv79yr6y0j9b832macvzf'),
  ('2026-12-23T09:25:36.166+00:00', 10, 'system:orders.send-confirmation', null, 'created', null, 'queued', null, 'eml_06gztv7b9m5d9tw8kc5a66d21'),
  ('2026-12-23T09:25:36.201+00:00', 11, 'system:messaging.send', null, 'claimed', null, 'sending', 'queued', 'eml_06gztv7b9m5d9tw8kc5a66d21'),
  ('2026-12-23T09:25:36.201+00:00', 12, 'system:messaging.send', null, 'sent', null, 'sent', 'sending', 'eml_06gztv7b9m5d9tw8kc5a66d21'),
  ('2026-12-23T09:25:36.418+00:00', 13, 'system:withdrawals.send-received', null, 'created', null, 'queued', null, 'eml_06gztv7c947s7691ntwbr88k4'),
  ('2026-12-23T09:25:36.458+00:00', 14, 'system:messaging.send', null, 'claimed', null, 'sending', 'queued', 'eml_06gztv7c947s7691ntwbr88k4'),
  ('2026-12-23T09:25:36.542+00:00', 15, 'system:payments.send-refund-made', null, 'created', null, 'queued', null, 'eml_06gztv7cr86x2w5716bz0t3na'),
  ('2026-12-23T09:25:36.458+00:00', 16, 'system:messaging.send', null, 'sent', null, 'sent', 'sending', 'eml_06gztv7c947s7691ntwbr88k4'),
  ('2026-12-23T09:25:36.591+00:00', 17, 'system:messaging.send', null, 'claimed', null, 'sending', 'queued', 'eml_06gztv7cr86x2w5716bz0t3na'),
  ('2026-12-23T09:25:36.591+00:00', 18, 'system:messaging.send', null, 'sent', null, 'sent', 'sending', 'eml_06gztv7cr86x2w5716bz0t3na'),
  ('2026-12-23T09:25:36.848+00:00', 19, 'system:orders.send-confirmation', null, 'created', null, 'queued', null, 'eml_06gztv7dy00k0azsbcayxn2dc'),
  ('2026-12-23T09:25:36.881+00:00', 20, 'system:messaging.send', null, 'claimed', null, 'sending', 'queued', 'eml_06gztv7dy00k0azsbcayxn2dc'),
  ('2026-12-23T09:25:36.881+00:00', 21, 'system:messaging.send', null, 'sent', null, 'sent', 'sending', 'eml_06gztv7dy00k0azsbcayxn2dc'),
  ('2026-12-23T09:25:37.118+00:00', 22, 'system:payments.send-refund-made', null, 'created', null, 'queued', null, 'eml_06gztv7ezc0660n9835848z8x'),
  ('2026-12-23T09:25:37.147+00:00', 23, 'system:messaging.send', null, 'claimed', null, 'sending', 'queued', 'eml_06gztv7ezc0660n9835848z8x'),
  ('2026-12-23T09:25:37.147+00:00', 24, 'system:messaging.send', null, 'sent', null, 'sent', 'sending', 'eml_06gztv7ezc0660n9835848z8x');
insert into emails ("id", "html", "text", "cause", "locale", "status", "sent_at", "subject", "user_id", "attempts", "template", "claimed_at", "created_at", "dedupe_key", "last_error", "message_id", "to_address", "customer_id", "link_purpose", "link_subject") overriding system value values
  ('eml_06gztv750m7tjbv3g9jbv0avh', '<p>order-confirmation</p>', 'order-confirmation', 'an order was paid', 'sv', 'sent', '2026-11-21T09:25:34.621+00:00', 'Kvitto och orderbekräftelse KV-10001', null, 1, 'order-confirmation', '2026-11-21T09:25:34.632+00:00', '2026-11-21T09:25:34.432+00:00', 'order-confirmation:ord_06gztv73w47rxdnm91yx7zasj', null, '<eml_06gztv750m7tjbv3g9jbv0avh@localhost>', 'buyer1@example.se', 'cus_06gztv73vc2kexmwm4pvrqtm3', 'view_order', 'chk_06gztv73705d5yw66ka44y5bg'),
  ('eml_06gztv74sg3v7e32kfndr8pgm', '<p>membership-started</p>', 'membership-started', 'a membership started', 'sv', 'sent', '2026-11-21T09:25:34.578+00:00', 'Medlemskapet är igång', null, 1, 'membership-started', '2026-11-21T09:25:34.604+00:00', '2026-11-21T09:25:34.429+00:00', 'membership-started:sub_06gztv73xg6xgeqb2d2dnac5h', null, '<eml_06gztv74sg3v7e32kfndr8pgm@localhost>', 'buyer1@example.se', 'cus_06gztv73vc2kexmwm4pvrqtm3', 'view_order', 'chk_06gztv73705d5yw66ka44y5bg'),
  ('eml_06gztv79yr6y0j9b832macvzf', '<p>renewal-receipt</p>', 'renewal-receipt', 'a renewal was paid', 'sv', 'sent', '2026-12-23T09:25:35.871+00:00', 'Kvitto 09Q95YOP-0002', null, 1, 'renewal-receipt', '2026-11-21T09:25:35.887+00:00', '2026-12-23T09:25:35.8+00:00', 'renewal-receipt:inv_06gztv780m74g9gjxacwvanre', null, '<eml_06gztv79yr6y0j9b832macvzf@localhost>', 'buyer1@example.se', 'cus_06gztv73vc2kexmwm4pvrqtm3', 'view_order', 'chk_06gztv73705d5yw66ka44y5bg'),
  ('eml_06gztv7cr86x2w5716bz0t3na', '<p>refund-made</p>', 'refund-made', 'money was paid back', 'sv', 'sent', '2026-12-23T09:25:36.591+00:00', 'Vi har betalat tillbaka 449,00 kr', null, 1, 'refund-made', '2026-11-21T09:25:36.607+00:00', '2026-12-23T09:25:36.542+00:00', 'refund-made:ref_06gztv7cfm4gsfatvbv4gr1pc', null, '<eml_06gztv7cr86x2w5716bz0t3na@localhost>', 'buyer2@example.se', 'cus_06gztv7awc5435z9nj7y6xqms', 'view_order', 'chk_06gztv7amc1yed2912etpsrr3'),
  ('eml_06gztv7b9m5d9tw8kc5a66d21', '<p>order-confirmation</p>', 'order-confirmation', 'an order was paid', 'sv', 'sent', '2026-12-23T09:25:36.201+00:00', 'Kvitto och orderbekräftelse KV-10002', null, 1, 'order-confirmation', '2026-11-21T09:25:36.216+00:00', '2026-12-23T09:25:36.166+00:00', 'order-confirmation:ord_06gztv7awr7hk0c3xyqyajkrz', null, '<eml_06gztv7b9m5d9tw8kc5a66d21@localhost>', 'buyer2@example.se', 'cus_06gztv7awc5435z9nj7y6xqms', 'view_order', 'chk_06gztv7amc1yed2912etpsrr3'),
  ('eml_06gztv7c947s7691ntwbr88k4', '<p>withdrawal-received</p>', 'withdrawal-received', 'a withdrawal was received', 'sv', 'sent', '2026-12-23T09:25:36.458+00:00', 'Du har ångrat order KV-10002', null, 1, 'withdrawal-received', '2026-11-21T09:25:36.473+00:00', '2026-12-23T09:25:36.418+00:00', 'withdrawal-received:wdr_06gztv7c146qz6vj250kq4sh8', null, '<eml_06gztv7c947s7691ntwbr88k4@localhost>', 'buyer2@example.se', 'cus_06gztv7awc5435z9nj7y6xqms', 'view_order', 'chk_06gztv7amc1yed2912etpsrr3'),
  ('eml_06gztv7ezc0660n9835848z8x', '<p>refund-made</p>', 'refund-made', 'money was paid back', 'sv', 'sent', '2026-12-23T09:25:37.147+00:00', 'Vi har betalat tillbaka 149,00 kr', null, 1, 'refund-made', '2026-11-21T09:25:37.163+00:00', '2026-12-23T09:25:37.118+00:00', 'refund-made:ref_06gztv7en048020tsc0ze6042', null, '<eml_06gztv7ezc0660n9835848z8x@localhost>', 'buyer3@example.se', 'cus_06gztv7dkr5wfvqm22pbkx9re', 'view_order', 'chk_06gztv7dcc4gk1gqw8apffhkt'),
  ('eml_06gztv7dy00k0azsbcayxn2dc', '<p>order-confirmation</p>', 'order-confirmation', 'an order was paid', 'sv', 'sent', '2026-12-23T09:25:36.881+00:00', 'Kvitto och orderbekräftelse KV-10003', null, 1, 'order-confirmation', '2026-11-21T09:25:36.897+00:00', '2026-12-23T09:25:36.848+00:00', 'order-confirmation:ord_06gztv7dm45ma618080stsa77', null, '<eml_06gztv7dy00k0azsbcayxn2dc@localhost>', 'buyer3@example.se', 'cus_06gztv7dkr5wfvqm22pbkx9re', 'view_order', 'chk_06gztv7dcc4gk1gqw8apffhkt');
insert into fulfilment_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-12-23T09:25:36.166+00:00', 1, 'system:fulfilment.open', 'order ord_06gztv7awr7hk0c3xyqyajkrz was paid', 'created', null, 'not_started', null, 'ful_06gztv7b7c4d2pnfy6rpjjtze'),
  ('2026-12-23T09:25:36.419+00:00', 2, 'system:withdrawals.decide', 'withdrawal wdr_06gztv7c146qz6vj250kq4sh8', 'cancelled', null, 'cancelled', 'not_started', 'ful_06gztv7b7c4d2pnfy6rpjjtze'),
  ('2026-12-23T09:25:36.848+00:00', 3, 'system:fulfilment.open', 'order ord_06gztv7dm45ma618080stsa77 was paid', 'created', null, 'not_started', null, 'ful_06gztv7dw45j0dte8dg5zm6c8');
insert into fulfilments ("id", "status", "order_id", "created_at", "customer_id") overriding system value values
  ('ful_06gztv7b7c4d2pnfy6rpjjtze', 'cancelled', 'ord_06gztv7awr7hk0c3xyqyajkrz', '2026-12-23T09:25:36.166+00:00', 'cus_06gztv7awc5435z9nj7y6xqms'),
  ('ful_06gztv7dw45j0dte8dg5zm6c8', 'not_started', 'ord_06gztv7dm45ma618080stsa77', '2026-12-23T09:25:36.848+00:00', 'cus_06gztv7dkr5wfvqm22pbkx9re');
insert into invoice_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-11-21T09:25:34.264+00:00', 1, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'created', null, 'draft', null, 'inv_06gztv73zg3cfvdnb06mgc2pp'),
  ('2026-11-21T09:25:34.264+00:00', 2, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'finalized', null, 'open', 'draft', 'inv_06gztv73zg3cfvdnb06mgc2pp'),
  ('2026-11-21T09:25:34.264+00:00', 3, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'paid', null, 'paid', 'open', 'inv_06gztv73zg3cfvdnb06mgc2pp'),
  ('2026-12-23T09:25:35.034+00:00', 4, 'system:webhooks.process', 'invoice in_11xfZeAtu1HYfkvfjjdUTTeX', 'created', null, 'draft', null, 'inv_06gztv780m74g9gjxacwvanre'),
  ('2026-12-23T09:25:35.034+00:00', 5, 'system:webhooks.process', 'invoice in_11xfZeAtu1HYfkvfjjdUTTeX', 'finalized', null, 'open', 'draft', 'inv_06gztv780m74g9gjxacwvanre'),
  ('2026-12-23T09:25:35.034+00:00', 6, 'system:webhooks.process', 'invoice in_11xfZeAtu1HYfkvfjjdUTTeX', 'paid', null, 'paid', 'open', 'inv_06gztv780m74g9gjxacwvanre');
insert into invoices ("id", "number", "reason", "status", "paid_at", "currency", "created_at", "tax_amount", "amount_paid", "customer_id", "total_amount", "period_end_at", "period_start_at", "subscription_id", "stripe_invoice_id", "next_payment_attempt_at") overriding system value values
  ('inv_06gztv73zg3cfvdnb06mgc2pp', '09Q95YOP-0001', 'subscription_create', 'paid', '2026-11-21T09:25:34+00:00', 'SEK', '2026-11-21T09:25:34+00:00', 1692, 29900, 'cus_06gztv73vc2kexmwm4pvrqtm3', 29900, '2026-12-21T09:25:34+00:00', '2026-11-21T09:25:34+00:00', 'sub_06gztv73xg6xgeqb2d2dnac5h', 'in_11xUhLijX6RGdKM881IobYjp', null),
  ('inv_06gztv780m74g9gjxacwvanre', '09Q95YOP-0002', 'subscription_cycle', 'paid', '2026-12-21T10:25:34+00:00', 'SEK', '2026-12-21T09:25:34+00:00', 1692, 29900, 'cus_06gztv73vc2kexmwm4pvrqtm3', 29900, '2027-01-21T09:25:34+00:00', '2026-12-21T09:25:34+00:00', 'sub_06gztv73xg6xgeqb2d2dnac5h', 'in_11xfZeAtu1HYfkvfjjdUTTeX', null);
insert into ledger_accounts ("id", "kind", "side", "guarded", "currency", "owner_id", "created_at") overriding system value values
  ('revenue:CREDIT', 'revenue', 'credit', false, 'CREDIT', null, '2026-11-21T09:25:29.312268+00:00'),
  ('provider:stripe:SEK', 'provider', 'debit', false, 'SEK', null, '2026-11-21T09:25:34.43+00:00'),
  ('sales:SEK', 'sales', 'credit', false, 'SEK', null, '2026-11-21T09:25:34.43+00:00'),
  ('vat:SEK:600', 'vat', 'credit', false, 'SEK', null, '2026-11-21T09:25:34.43+00:00'),
  ('vat:SEK:2500', 'vat', 'credit', false, 'SEK', null, '2026-12-23T09:25:36.165+00:00');
insert into ledger_entries ("id", "amount", "currency", "position", "account_id", "posting_id") overriding system value values
  (1, 29900, 'SEK', 0, 'provider:stripe:SEK', 'pst_06gztv74xw6p7jkx5ee3p6ve4'),
  (2, -28208, 'SEK', 1, 'sales:SEK', 'pst_06gztv74xw6p7jkx5ee3p6ve4'),
  (3, -1692, 'SEK', 2, 'vat:SEK:600', 'pst_06gztv74xw6p7jkx5ee3p6ve4'),
  (4, 29900, 'SEK', 0, 'provider:stripe:SEK', 'pst_06gztv7a0g6r5zzzf6k0r8d2p'),
  (5, -28208, 'SEK', 1, 'sales:SEK', 'pst_06gztv7a0g6r5zzzf6k0r8d2p'),
  (6, -1692, 'SEK', 2, 'vat:SEK:600', 'pst_06gztv7a0g6r5zzzf6k0r8d2p'),
  (7, 44900, 'SEK', 0, 'provider:stripe:SEK', 'pst_06gztv7b747536z4201ac92qr'),
  (8, -35920, 'SEK', 1, 'sales:SEK', 'pst_06gztv7b747536z4201ac92qr'),
  (9, -8980, 'SEK', 2, 'vat:SEK:2500', 'pst_06gztv7b747536z4201ac92qr'),
  (10, -44900, 'SEK', 0, 'provider:stripe:SEK', 'pst_06gztv7cyw667t7w4w4db0dqx'),
  (11, 35920, 'SEK', 1, 'sales:SEK', 'pst_06gztv7cyw667t7w4w4db0dqx'),
  (12, 8980, 'SEK', 2, 'vat:SEK:2500', 'pst_06gztv7cyw667t7w4w4db0dqx'),
  (13, 14900, 'SEK', 0, 'provider:stripe:SEK', 'pst_06gztv7dwg0pxvc4f7n25gpnm'),
  (14, -11920, 'SEK', 1, 'sales:SEK', 'pst_06gztv7dwg0pxvc4f7n25gpnm'),
  (15, -2980, 'SEK', 2, 'vat:SEK:2500', 'pst_06gztv7dwg0pxvc4f7n25gpnm'),
  (16, -14900, 'SEK', 0, 'provider:stripe:SEK', 'pst_06gztv7f5w0zj43ytz4569xky'),
  (17, 11920, 'SEK', 1, 'sales:SEK', 'pst_06gztv7f5w0zj43ytz4569xky'),
  (18, 2980, 'SEK', 2, 'vat:SEK:2500', 'pst_06gztv7f5w0zj43ytz4569xky');
insert into ledger_postings ("at", "id", "no", "key", "kind", "actor", "phase", "reason", "source", "settles", "reverses", "entry_count") overriding system value values
  ('2026-11-21T09:25:34.43+00:00', 'pst_06gztv74xw6p7jkx5ee3p6ve4', 1, 'payment:pay_06gztv7404088mjjamkcfywhm:1', 'payment.captured', 'system:accounting.book-payment', 'posted', null, 'pay_06gztv7404088mjjamkcfywhm', null, null, 3),
  ('2026-12-23T09:25:35.798+00:00', 'pst_06gztv7a0g6r5zzzf6k0r8d2p', 2, 'payment:pay_06gztv7818484y77q9cfx5f98:1', 'payment.captured', 'system:accounting.book-payment', 'posted', null, 'pay_06gztv7818484y77q9cfx5f98', null, null, 3),
  ('2026-12-23T09:25:36.165+00:00', 'pst_06gztv7b747536z4201ac92qr', 3, 'payment:pay_06gztv7ax87dnz9z4n0bjm6qh:1', 'payment.captured', 'system:accounting.book-payment', 'posted', null, 'pay_06gztv7ax87dnz9z4n0bjm6qh', null, null, 3),
  ('2026-12-23T09:25:36.615+00:00', 'pst_06gztv7cyw667t7w4w4db0dqx', 4, 'payment:pay_06gztv7ax87dnz9z4n0bjm6qh:2', 'payment.refunded', 'system:accounting.book-payment', 'posted', null, 'pay_06gztv7ax87dnz9z4n0bjm6qh', null, null, 3),
  ('2026-12-23T09:25:36.848+00:00', 'pst_06gztv7dwg0pxvc4f7n25gpnm', 5, 'payment:pay_06gztv7dmg5j26kjgj2we38gv:1', 'payment.captured', 'system:accounting.book-payment', 'posted', null, 'pay_06gztv7dmg5j26kjgj2we38gv', null, null, 3),
  ('2026-12-23T09:25:37.184+00:00', 'pst_06gztv7f5w0zj43ytz4569xky', 6, 'payment:pay_06gztv7dmg5j26kjgj2we38gv:2', 'payment.refunded', 'system:accounting.book-payment', 'posted', null, 'pay_06gztv7dmg5j26kjgj2we38gv', null, null, 3);
insert into order_lines ("id", "name", "order_id", "position", "quantity", "product_id", "tax_amount", "variant_id", "unit_amount", "tax_rate_bps", "total_amount", "price_receipt_id") overriding system value values
  ('orl_06gztv73wm320azg8smq8sd5q', 'Test Kund, Månadsvis', 'ord_06gztv73w47rxdnm91yx7zasj', 0, 1, 'test-kund', 1692, 'test-kund-month', 29900, 600, 29900, 'prr_06gztv73b42xxrn8e8a9fvbk3'),
  ('orl_06gztv7aww6k9rfm4a43w86jx', 'Träningsväska', 'ord_06gztv7awr7hk0c3xyqyajkrz', 0, 1, 'bag', 8980, 'bag-one', 44900, 2500, 44900, 'prr_06gztv7aq07jyhd24we3vswk5'),
  ('orl_06gztv7dm8753rcr58h0v777d', 'Handduk', 'ord_06gztv7dm45ma618080stsa77', 0, 1, 'towel', 2980, 'towel-one', 14900, 2500, 14900, 'prr_06gztv7df434wm83t6h7n3jbj');
insert into order_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-11-21T09:25:34.264+00:00', 1, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'created', null, 'awaiting_payment', null, 'ord_06gztv73w47rxdnm91yx7zasj'),
  ('2026-11-21T09:25:34.264+00:00', 2, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'paid', null, 'confirmed', 'awaiting_payment', 'ord_06gztv73w47rxdnm91yx7zasj'),
  ('2026-11-21T09:25:34.431+00:00', 3, 'system:fulfilment.open', 'nothing to send', 'completed', null, 'completed', 'confirmed', 'ord_06gztv73w47rxdnm91yx7zasj'),
  ('2026-12-23T09:25:36.073+00:00', 4, 'system:test', 'payment page cs_test_a11xgIbIx8w16ZrAf5p4RVvSppdbAAte3SW0RoFOKAy0RHcGNGABwcQGtlHi', 'created', null, 'awaiting_payment', null, 'ord_06gztv7awr7hk0c3xyqyajkrz'),
  ('2026-12-23T09:25:36.073+00:00', 5, 'system:test', 'payment page cs_test_a11xgIbIx8w16ZrAf5p4RVvSppdbAAte3SW0RoFOKAy0RHcGNGABwcQGtlHi', 'paid', null, 'confirmed', 'awaiting_payment', 'ord_06gztv7awr7hk0c3xyqyajkrz'),
  ('2026-12-23T09:25:36.419+00:00', 6, 'system:withdrawals.decide', 'withdrawal wdr_06gztv7c146qz6vj250kq4sh8', 'completed', null, 'completed', 'confirmed', 'ord_06gztv7awr7hk0c3xyqyajkrz'),
  ('2026-12-23T09:25:36.774+00:00', 7, 'system:test', 'payment page cs_test_a11xgIbIfTDiWIABCJZzTrfPBGHUhBhQ8ibkFEYgaGg7sVS4krNLJh6xAqws', 'created', null, 'awaiting_payment', null, 'ord_06gztv7dm45ma618080stsa77'),
  ('2026-12-23T09:25:36.774+00:00', 8, 'system:test', 'payment page cs_test_a11xgIbIfTDiWIABCJZzTrfPBGHUhBhQ8ibkFEYgaGg7sVS4krNLJh6xAqws', 'paid', null, 'confirmed', 'awaiting_payment', 'ord_06gztv7dm45ma618080stsa77');
insert into orders ("id", "email", "locale", "number", "status", "paid_at", "currency", "placed_at", "tax_amount", "checkout_id", "customer_id", "total_amount", "shipping_address", "access_token_hash") overriding system value values
  ('ord_06gztv73w47rxdnm91yx7zasj', 'buyer1@example.se', 'sv', 'KV-10001', 'completed', '2026-11-21T09:25:34+00:00', 'SEK', '2026-11-21T09:25:34.264+00:00', 1692, 'chk_06gztv73705d5yw66ka44y5bg', 'cus_06gztv73vc2kexmwm4pvrqtm3', 29900, null, '1e743e7894371d07decc21d4361763dc9707a1c40ab445eea62f4ee9a4953886'),
  ('ord_06gztv7awr7hk0c3xyqyajkrz', 'buyer2@example.se', 'sv', 'KV-10002', 'completed', '2026-12-23T09:25:36+00:00', 'SEK', '2026-12-23T09:25:36.073+00:00', 8980, 'chk_06gztv7amc1yed2912etpsrr3', 'cus_06gztv7awc5435z9nj7y6xqms', 44900, '{"city": "Malmö", "name": "Kim Karlsson", "line1": "Storgatan 1", "line2": null, "country": "SE", "postalCode": "211 42"}', '756349521562fa019ea2e3efb173cf0d282ea0f376d73f3060a73627da876291'),
  ('ord_06gztv7dm45ma618080stsa77', 'buyer3@example.se', 'sv', 'KV-10003', 'confirmed', '2026-12-23T09:25:36+00:00', 'SEK', '2026-12-23T09:25:36.774+00:00', 2980, 'chk_06gztv7dcc4gk1gqw8apffhkt', 'cus_06gztv7dkr5wfvqm22pbkx9re', 14900, '{"city": "Malmö", "name": "Kim Karlsson", "line1": "Storgatan 1", "line2": null, "country": "SE", "postalCode": "211 42"}', '89aa9948583293764c4dffd3b4d41bd4ccbca91aa4699a10ed71f6a2c5389352');
insert into payment_attempts ("at", "id", "message", "outcome", "card_brand", "card_last4", "payment_id", "external_id", "decline_code", "card_expiry_year", "card_expiry_month") overriding system value values
  ('2026-11-21T09:25:34+00:00', 'att_06gztv740r1ygcark2swcet9h', null, 'approved', 'Visa', '4242', 'pay_06gztv7404088mjjamkcfywhm', 'ch_31xUhLigvxS5ZlWMDKmiQpWI', null, 2034, 12),
  ('2026-12-21T10:25:34+00:00', 'att_06gztv783r783mj04g261jvrn', null, 'approved', 'Visa', '4242', 'pay_06gztv7818484y77q9cfx5f98', 'ch_31xfaaEPJC2vGwBKD1ub0bpM', null, 2034, 12),
  ('2026-12-23T09:25:36+00:00', 'att_06gztv7axw7zn6qje9cjg7h6v', null, 'approved', 'Visa', '4242', 'pay_06gztv7ax87dnz9z4n0bjm6qh', 'ch_31xgIbIsKFqcdHsioSue29Kj', null, 2034, 12),
  ('2026-12-23T09:25:36+00:00', 'att_06gztv7dmr22343vy4fdp9hga', null, 'approved', 'Visa', '4242', 'pay_06gztv7dmg5j26kjgj2we38gv', 'ch_31xgIbIMdpRBFL0yWrI0tAGM', null, 2034, 12);
insert into payment_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-11-21T09:25:34.264+00:00', 1, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'created', null, 'pending', null, 'pay_06gztv7404088mjjamkcfywhm'),
  ('2026-11-21T09:25:34.264+00:00', 2, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'paid', null, 'paid', 'pending', 'pay_06gztv7404088mjjamkcfywhm'),
  ('2026-12-23T09:25:35.034+00:00', 3, 'system:webhooks.process', 'invoice in_11xfZeAtu1HYfkvfjjdUTTeX', 'created', null, 'pending', null, 'pay_06gztv7818484y77q9cfx5f98'),
  ('2026-12-23T09:25:35.034+00:00', 4, 'system:webhooks.process', 'invoice in_11xfZeAtu1HYfkvfjjdUTTeX', 'paid', null, 'paid', 'pending', 'pay_06gztv7818484y77q9cfx5f98'),
  ('2026-12-23T09:25:36.073+00:00', 5, 'system:test', 'payment page cs_test_a11xgIbIx8w16ZrAf5p4RVvSppdbAAte3SW0RoFOKAy0RHcGNGABwcQGtlHi', 'created', null, 'pending', null, 'pay_06gztv7ax87dnz9z4n0bjm6qh'),
  ('2026-12-23T09:25:36.073+00:00', 6, 'system:test', 'payment page cs_test_a11xgIbIx8w16ZrAf5p4RVvSppdbAAte3SW0RoFOKAy0RHcGNGABwcQGtlHi', 'paid', null, 'paid', 'pending', 'pay_06gztv7ax87dnz9z4n0bjm6qh'),
  ('2026-12-23T09:25:36.541+00:00', 7, 'system:webhooks.follow-refund', 'payment page cs_test_a11xgIbIx8w16ZrAf5p4RVvSppdbAAte3SW0RoFOKAy0RHcGNGABwcQGtlHi', 'refunded', null, 'refunded', 'paid', 'pay_06gztv7ax87dnz9z4n0bjm6qh'),
  ('2026-12-23T09:25:36.774+00:00', 8, 'system:test', 'payment page cs_test_a11xgIbIfTDiWIABCJZzTrfPBGHUhBhQ8ibkFEYgaGg7sVS4krNLJh6xAqws', 'created', null, 'pending', null, 'pay_06gztv7dmg5j26kjgj2we38gv'),
  ('2026-12-23T09:25:36.774+00:00', 9, 'system:test', 'payment page cs_test_a11xgIbIfTDiWIABCJZzTrfPBGHUhBhQ8ibkFEYgaGg7sVS4krNLJh6xAqws', 'paid', null, 'paid', 'pending', 'pay_06gztv7dmg5j26kjgj2we38gv'),
  ('2026-12-23T09:25:37.118+00:00', 10, 'system:webhooks.follow-refund', 'payment page cs_test_a11xgIbIfTDiWIABCJZzTrfPBGHUhBhQ8ibkFEYgaGg7sVS4krNLJh6xAqws', 'refunded', null, 'refunded', 'paid', 'pay_06gztv7dmg5j26kjgj2we38gv');
insert into payments ("id", "amount", "status", "paid_at", "currency", "order_id", "provider", "card_brand", "card_last4", "created_at", "invoice_id", "customer_id", "external_id", "booked_amount", "refunded_amount") overriding system value values
  ('pay_06gztv7404088mjjamkcfywhm', 29900, 'paid', '2026-11-21T09:25:34+00:00', 'SEK', 'ord_06gztv73w47rxdnm91yx7zasj', 'stripe', 'Visa', '4242', '2026-11-21T09:25:34+00:00', 'inv_06gztv73zg3cfvdnb06mgc2pp', 'cus_06gztv73vc2kexmwm4pvrqtm3', 'pi_31xUhLiwhKFcJlunvsEK9HH6', 29900, 0),
  ('pay_06gztv7818484y77q9cfx5f98', 29900, 'paid', '2026-12-21T10:25:34+00:00', 'SEK', null, 'stripe', 'Visa', '4242', '2026-12-21T10:25:34+00:00', 'inv_06gztv780m74g9gjxacwvanre', 'cus_06gztv73vc2kexmwm4pvrqtm3', 'pi_31xfaaEFcs0I1gWimo678i7y', 29900, 0),
  ('pay_06gztv7ax87dnz9z4n0bjm6qh', 44900, 'refunded', '2026-12-23T09:25:36+00:00', 'SEK', 'ord_06gztv7awr7hk0c3xyqyajkrz', 'stripe', 'Visa', '4242', '2026-12-23T09:25:36+00:00', null, 'cus_06gztv7awc5435z9nj7y6xqms', 'pi_31xgIbITfemgJrXtROP7hOp3', 0, 44900),
  ('pay_06gztv7dmg5j26kjgj2we38gv', 14900, 'refunded', '2026-12-23T09:25:36+00:00', 'SEK', 'ord_06gztv7dm45ma618080stsa77', 'stripe', 'Visa', '4242', '2026-12-23T09:25:36+00:00', null, 'cus_06gztv7dkr5wfvqm22pbkx9re', 'pi_31xgIbIecMCm0XA0CtwxThmB', 0, 14900);
insert into price_periods ("id", "amount", "from_at", "currency", "interval", "until_at", "product_id", "variant_id", "campaign_id", "interval_count") overriding system value values
  ('prp_test-kund-month_eur_0', 3600, '2026-09-22T09:25:32.975+00:00', 'EUR', 'month', null, 'test-kund', 'test-kund-month', null, 1),
  ('prp_test-kund-month_usd_0', 3900, '2026-09-22T09:25:32.975+00:00', 'USD', 'month', null, 'test-kund', 'test-kund-month', null, 1),
  ('prp_towel_sek_0', 14900, '2026-09-22T09:25:32.975+00:00', 'SEK', null, '2026-10-12T09:25:32.975+00:00', 'towel', null, null, null),
  ('prp_towel_sek_1', 13000, '2026-10-12T09:25:32.975+00:00', 'SEK', null, '2026-11-09T09:25:32.975+00:00', 'towel', null, null, null),
  ('prp_towel_sek_2', 14900, '2026-11-09T09:25:32.975+00:00', 'SEK', null, null, 'towel', null, null, null),
  ('prp_towel_eur_0', 1400, '2026-09-22T09:25:32.975+00:00', 'EUR', null, '2026-10-12T09:25:32.975+00:00', 'towel', null, null, null),
  ('prp_towel_eur_1', 1200, '2026-10-12T09:25:32.975+00:00', 'EUR', null, '2026-11-09T09:25:32.975+00:00', 'towel', null, null, null),
  ('prp_towel_eur_2', 1400, '2026-11-09T09:25:32.975+00:00', 'EUR', null, null, 'towel', null, null, null),
  ('prp_towel_usd_0', 1500, '2026-09-22T09:25:32.975+00:00', 'USD', null, '2026-10-12T09:25:32.975+00:00', 'towel', null, null, null),
  ('prp_towel_usd_1', 1300, '2026-10-12T09:25:32.975+00:00', 'USD', null, '2026-11-09T09:25:32.975+00:00', 'towel', null, null, null),
  ('prp_towel_usd_2', 1500, '2026-11-09T09:25:32.975+00:00', 'USD', null, null, 'towel', null, null, null),
  ('prp_bag_sek_0', 44900, '2026-09-22T09:25:32.975+00:00', 'SEK', null, null, 'bag', null, null, null),
  ('prp_bag_eur_0', 4100, '2026-09-22T09:25:32.975+00:00', 'EUR', null, null, 'bag', null, null, null),
  ('prp_bag_usd_0', 4500, '2026-09-22T09:25:32.975+00:00', 'USD', null, null, 'bag', null, null, null),
  ('prp_test-kund-month_sek_0', 39900, '2026-09-22T09:25:32.975+00:00', 'SEK', 'month', '2026-11-21T09:25:34.047+00:00', 'test-kund', 'test-kund-month', null, 1),
  ('prp_06gztv731r081pdyj0ys0j7hm', 29900, '2026-11-21T09:25:34.047+00:00', 'SEK', 'month', null, 'test-kund', 'test-kund-month', 'november', 1);
insert into price_receipts ("id", "rule", "amount", "inputs", "currency", "interval", "created_at", "product_id", "variant_id", "campaign_id", "customer_id", "alternatives", "interval_count", "stripe_price_id", "access_token_hash") overriding system value values
  ('prr_06gztv73b42xxrn8e8a9fvbk3', 'lowest-applicable-campaign/1', 29900, '{"at": "2026-11-21T09:25:34.132Z", "history": [{"amount": 39900, "fromAt": "2026-09-22T09:25:32.975Z", "untilAt": "2026-11-21T09:25:34.047Z", "campaignId": null}, {"amount": 29900, "fromAt": "2026-11-21T09:25:34.047Z", "untilAt": null, "campaignId": "november"}], "candidates": [{"endAt": null, "state": "usable", "amount": 29900, "status": "active", "problem": null, "startAt": null, "version": 0, "currency": "SEK", "interval": "month", "campaignId": "november", "announcedAt": "2026-11-21T09:25:33.820Z", "campaignName": "November", "intervalCount": 1, "stripePriceId": "price_TEST123", "durationMonths": null, "campaignPriceId": "cpr_06gztv72dr6s0e9qpynw9znbm"}], "taxRateBps": 600, "defaultPrice": {"id": "prc_test-kund-month_sek", "amount": 39900, "currency": "SEK", "interval": "month", "intervalCount": 1, "stripePriceId": "price_11xUhLh20Dh2HS03NJ8y3n8A"}, "lowest30Days": 39900}', 'SEK', 'month', '2026-11-21T09:25:34.132+00:00', 'test-kund', 'test-kund-month', 'november', 'cus_06gztv73vc2kexmwm4pvrqtm3', '[]', 1, 'price_TEST123', '1e743e7894371d07decc21d4361763dc9707a1c40ab445eea62f4ee9a4953886'),
  ('prr_06gztv7aq07jyhd24we3vswk5', 'lowest-applicable-campaign/1', 44900, '{"at": "2026-12-23T09:25:36.022Z", "history": [], "candidates": [], "taxRateBps": 2500, "defaultPrice": {"id": "prc_bag_sek", "amount": 44900, "currency": "SEK", "interval": null, "intervalCount": null, "stripePriceId": "price_11xUhLhKfdQF7zVv5OzgTXTi"}, "lowest30Days": null}', 'SEK', null, '2026-12-23T09:25:36.022+00:00', 'bag', 'bag-one', null, 'cus_06gztv7awc5435z9nj7y6xqms', '[]', null, 'price_11xUhLhKfdQF7zVv5OzgTXTi', '756349521562fa019ea2e3efb173cf0d282ea0f376d73f3060a73627da876291'),
  ('prr_06gztv7df434wm83t6h7n3jbj', 'lowest-applicable-campaign/1', 14900, '{"at": "2026-12-23T09:25:36.727Z", "history": [], "candidates": [], "taxRateBps": 2500, "defaultPrice": {"id": "prc_towel_sek", "amount": 14900, "currency": "SEK", "interval": null, "intervalCount": null, "stripePriceId": "price_11xUhLhSCSGL6xFQxzaxm1eV"}, "lowest30Days": null}', 'SEK', null, '2026-12-23T09:25:36.727+00:00', 'towel', 'towel-one', null, 'cus_06gztv7dkr5wfvqm22pbkx9re', '[]', null, 'price_11xUhLhSCSGL6xFQxzaxm1eV', '89aa9948583293764c4dffd3b4d41bd4ccbca91aa4699a10ed71f6a2c5389352');
insert into prices ("id", "active", "amount", "currency", "interval", "created_at", "product_id", "variant_id", "interval_count", "stripe_price_id") overriding system value values
  ('prc_test-kund-month_sek', true, 39900, 'SEK', 'month', '2026-09-22T09:25:32.975+00:00', 'test-kund', 'test-kund-month', 1, 'price_11xUhLh20Dh2HS03NJ8y3n8A'),
  ('prc_test-kund-month_eur', true, 3600, 'EUR', 'month', '2026-09-22T09:25:32.975+00:00', 'test-kund', 'test-kund-month', 1, 'price_11xUhLhm8EIQQ9NYDFRrCsrX'),
  ('prc_test-kund-month_usd', true, 3900, 'USD', 'month', '2026-09-22T09:25:32.975+00:00', 'test-kund', 'test-kund-month', 1, 'price_11xUhLhecSHrcagisGONbSCR'),
  ('prc_towel_sek', true, 14900, 'SEK', null, '2026-09-22T09:25:32.975+00:00', 'towel', null, null, 'price_11xUhLhSCSGL6xFQxzaxm1eV'),
  ('prc_towel_eur', true, 1400, 'EUR', null, '2026-09-22T09:25:32.975+00:00', 'towel', null, null, 'price_11xUhLhZkZSJhW5f3uVOzQAV'),
  ('prc_towel_usd', true, 1500, 'USD', null, '2026-09-22T09:25:32.975+00:00', 'towel', null, null, 'price_11xUhLhpIZvGQtG4dv8vopqj'),
  ('prc_bag_sek', true, 44900, 'SEK', null, '2026-09-22T09:25:32.975+00:00', 'bag', null, null, 'price_11xUhLhKfdQF7zVv5OzgTXTi'),
  ('prc_bag_eur', true, 4100, 'EUR', null, '2026-09-22T09:25:32.975+00:00', 'bag', null, null, 'price_11xUhLh76ehbR87DS5qqvLRk'),
  ('prc_bag_usd', true, 4500, 'USD', null, '2026-09-22T09:25:32.975+00:00', 'bag', null, null, 'price_11xUhLhOIo6KxYySUfMd9Xnw');
insert into product_media ("alt", "art", "position", "product_id") overriding system value values
  ('{"en": "Terry towel on a rail, with a yellow stripe.", "sv": "Frottéhandduk på krok, med gul rand."}', 'towel', 0, 'towel'),
  ('{"en": "Gym bag with two handles and a yellow patch.", "sv": "Träningsväska med två handtag och gul lapp."}', 'bag', 0, 'bag');
insert into products ("id", "art", "kind", "name", "active", "summary", "category", "includes", "position", "created_at", "description", "recommended", "option_names", "tax_rate_bps", "stripe_product_id") overriding system value values
  ('test-kund', 'membership-test', 'membership', '{"en": "Test Kund", "sv": "Test Kund"}', true, '{"en": "An ordinary monthly membership at one of our gyms.", "sv": "Ett vanligt månadsmedlemskap på ett av våra gym."}', 'membership', '[{"en": "The gym 05–23, every day", "sv": "Gymmet 05–23, alla dagar"}, {"en": "One gym, change once a month", "sv": "Ett gym, byte en gång i månaden"}]', 3, '2026-09-22T09:25:32.975+00:00', '{"en": "The same hours and the same gyms as Open, paid month by month.", "sv": "Samma tider och samma gym som Öppet, betalat månad för månad."}', false, '["billing"]', 600, 'test-kund'),
  ('towel', 'towel', 'merchandise', '{"en": "Towel", "sv": "Handduk"}', true, '{"en": "Small enough for the bench, big enough for the shower.", "sv": "Liten nog för bänken, stor nog för duschen."}', 'accessories', '[]', 13, '2026-09-22T09:25:32.975+00:00', '{"en": "50 × 100 cm, 500 g cotton terry with a loop. Wash at 60 degrees.", "sv": "50 × 100 cm, 500 g bomullsfrotté med hängare. Tvättas i 60 grader."}', false, '[]', 2500, 'towel'),
  ('bag', 'bag', 'merchandise', '{"en": "Gym bag", "sv": "Träningsväska"}', true, '{"en": "35 litres with a pocket of its own for shoes.", "sv": "35 liter med eget fack för skor."}', 'accessories', '[]', 14, '2026-09-22T09:25:32.975+00:00', '{"en": "Water-repellent fabric of recycled nylon, ventilated shoe pocket, detachable shoulder strap.", "sv": "Vattenavvisande väv av återvunnen nylon, ventilerat skofack, axelrem som går att ta av."}', false, '[]', 2500, 'bag');
insert into provider_customers ("id", "provider", "reusable", "created_at", "customer_id", "external_id") overriding system value values
  ('pcu_06gztv73vw37t8rjtswdz4r64', 'stripe', false, '2026-11-21T09:25:34.264+00:00', 'cus_06gztv73vc2kexmwm4pvrqtm3', 'cus_xhaf0ybbfFOolf'),
  ('pcu_06gztv7awg36p57w2ty44ce8f', 'stripe', false, '2026-12-23T09:25:36.073+00:00', 'cus_06gztv7awc5435z9nj7y6xqms', 'cus_3tmGkAByJESYgJ'),
  ('pcu_06gztv7dkw7egmxjx4pcfhn5t', 'stripe', false, '2026-12-23T09:25:36.774+00:00', 'cus_06gztv7dkr5wfvqm22pbkx9re', 'cus_xzXH9MFSNN9yiv');
insert into provider_looks ("began", "ended", "subject") overriding system value values
  (1, 2, 'price:price_TEST123'),
  (5, 14, 'checkout:chk_06gztv73705d5yw66ka44y5bg'),
  (36, 41, 'invoice:in_11xUhLijX6RGdKM881IobYjp'),
  (48, 53, 'subscription:sub_11xUhLinVTpy8zJJsHqwhgB5'),
  (48, 53, 'invoice:in_11xfZeAtu1HYfkvfjjdUTTeX'),
  (57, 58, 'refunds:pi_31xgIbITfemgJrXtROP7hOp3'),
  (59, 60, 'checkout:chk_06gztv7amc1yed2912etpsrr3'),
  (63, 64, 'refunds:pi_31xgIbIecMCm0XA0CtwxThmB'),
  (65, 66, 'checkout:chk_06gztv7dcc4gk1gqw8apffhkt');
insert into refund_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-12-23T09:25:36.481+00:00', 1, 'system:withdrawals.refund', null, 'created', 'withdrawal', 'requested', null, 'ref_06gztv7cfm4gsfatvbv4gr1pc'),
  ('2026-12-23T09:25:36.503+00:00', 2, 'system:payments.send-refund', null, 'sent', null, 'sent', 'requested', 'ref_06gztv7cfm4gsfatvbv4gr1pc'),
  ('2026-12-23T09:25:36.503+00:00', 3, 'system:payments.send-refund', 're_31xgIbIBQ7N5ksj5bLhIfsxv', 'succeeded', null, 'succeeded', 'sent', 'ref_06gztv7cfm4gsfatvbv4gr1pc'),
  ('2026-11-21T09:25:33.804+00:00', 4, 'staff:usr_c232ddc0', null, 'created', 'skadad vid leverans', 'requested', null, 'ref_06gztv7en048020tsc0ze6042'),
  ('2026-12-23T09:25:37.089+00:00', 5, 'system:payments.send-refund', null, 'sent', null, 'sent', 'requested', 'ref_06gztv7en048020tsc0ze6042'),
  ('2026-12-23T09:25:37.089+00:00', 6, 'system:payments.send-refund', 're_31xgIbJBSqw5t2YloPix6okh', 'succeeded', null, 'succeeded', 'sent', 'ref_06gztv7en048020tsc0ze6042');
insert into refunds ("id", "lines", "amount", "reason", "status", "currency", "order_id", "created_at", "payment_id", "external_id", "completed_at", "failure_code", "requested_by", "next_check_at", "withdrawal_id", "idempotency_key") overriding system value values
  ('ref_06gztv7cfm4gsfatvbv4gr1pc', '[{"amount": 44900, "quantity": 1, "orderLineId": "orl_06gztv7aww6k9rfm4a43w86jx"}]', 44900, 'withdrawal', 'succeeded', 'SEK', 'ord_06gztv7awr7hk0c3xyqyajkrz', '2026-12-23T09:25:36.481+00:00', 'pay_06gztv7ax87dnz9z4n0bjm6qh', 're_31xgIbIBQ7N5ksj5bLhIfsxv', '2026-12-23T09:25:36.503+00:00', null, 'system:withdrawals.refund', null, 'wdr_06gztv7c146qz6vj250kq4sh8', 'withdrawal:wdr_06gztv7c146qz6vj250kq4sh8:pay_06gztv7ax87dnz9z4n0bjm6qh:0'),
  ('ref_06gztv7en048020tsc0ze6042', '[{"amount": 14900, "quantity": 1, "orderLineId": "orl_06gztv7dm8753rcr58h0v777d"}]', 14900, 'skadad vid leverans', 'succeeded', 'SEK', 'ord_06gztv7dm45ma618080stsa77', '2026-11-21T09:25:33.804+00:00', 'pay_06gztv7dmg5j26kjgj2we38gv', 're_31xgIbJBSqw5t2YloPix6okh', '2026-12-23T09:25:37.089+00:00', null, 'staff:usr_c232ddc0', null, null, 'staff:ord_06gztv7dm45ma618080stsa77:form-key-0123456789-towel');
insert into stock_levels ("on_hand", "reserved", "variant_id", "location_id") overriding system value values
  (40, 0, 'bag-one', 'front-desk'),
  (400, 0, 'bag-one', 'warehouse');
insert into stock_locations ("id", "name", "active", "position") overriding system value values
  ('warehouse', '{"en": "Warehouse, Kolkajen", "sv": "Lagret, Kolkajen"}', true, 0),
  ('front-desk', '{"en": "Front desk, Turbinen", "sv": "Receptionen, Turbinen"}', true, 1);
insert into stock_movements ("at", "id", "note", "actor", "delta", "reason", "order_id", "variant_id", "location_id", "idempotency_key") overriding system value values
  ('2026-09-22T09:25:32.975+00:00', 'stm_bag-one_warehouse', null, 'system:seed', 400, 'received', null, 'bag-one', 'warehouse', 'stm_bag-one_warehouse'),
  ('2026-09-22T09:25:32.975+00:00', 'stm_bag-one_front-desk', null, 'system:seed', 40, 'received', null, 'bag-one', 'front-desk', 'stm_bag-one_front-desk'),
  ('2026-12-23T09:25:36.073+00:00', 'stm_06gztv7b1w3rxq4nebdkk91cj', null, 'system:test', -1, 'sold', 'ord_06gztv7awr7hk0c3xyqyajkrz', 'bag-one', 'warehouse', 'sold:ord_06gztv7awr7hk0c3xyqyajkrz:bag-one:warehouse'),
  ('2026-12-23T09:25:36.419+00:00', 'stm_06gztv7cbw153x1ds340hkj4c', null, 'system:withdrawals.decide', 1, 'restocked', 'ord_06gztv7awr7hk0c3xyqyajkrz', 'bag-one', 'warehouse', 'restocked:ord_06gztv7awr7hk0c3xyqyajkrz:wdr_06gztv7c146qz6vj250kq4sh8:bag-one:warehouse');
insert into stock_reservation_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-12-23T09:25:36.022+00:00', 1, 'system:reserve_stock', 'chk_06gztv7amc1yed2912etpsrr3', 'created', null, 'reserved', null, 'srv_3d1a5efd9c67b78084e9d6be01e47fe3'),
  ('2026-12-23T09:25:36.073+00:00', 2, 'system:test', 'order ord_06gztv7awr7hk0c3xyqyajkrz', 'consumed', null, 'consumed', 'reserved', 'srv_3d1a5efd9c67b78084e9d6be01e47fe3');
insert into stock_reservations ("id", "status", "quantity", "created_at", "expires_at", "variant_id", "checkout_id", "location_id") overriding system value values
  ('srv_3d1a5efd9c67b78084e9d6be01e47fe3', 'consumed', 1, '2026-12-23T09:25:36.022+00:00', '2026-12-23T10:00:36.022+00:00', 'bag-one', 'chk_06gztv7amc1yed2912etpsrr3', 'warehouse');
insert into subscription_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-11-21T09:25:34.264+00:00', 1, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'created', null, 'incomplete', null, 'sub_06gztv73xg6xgeqb2d2dnac5h'),
  ('2026-11-21T09:25:34.264+00:00', 2, 'system:test', 'payment page cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', 'activated', null, 'active', 'incomplete', 'sub_06gztv73xg6xgeqb2d2dnac5h');
insert into subscriptions ("id", "amount", "status", "currency", "ended_at", "interval", "order_id", "cancel_at", "created_at", "product_id", "started_at", "customer_id", "next_check_at", "interval_count", "price_receipt_id", "current_period_end_at", "stripe_subscription_id", "current_period_start_at") overriding system value values
  ('sub_06gztv73xg6xgeqb2d2dnac5h', 29900, 'active', 'SEK', null, 'month', 'ord_06gztv73w47rxdnm91yx7zasj', null, '2026-11-21T09:25:34.264+00:00', 'test-kund', '2026-11-21T09:25:34+00:00', 'cus_06gztv73vc2kexmwm4pvrqtm3', '2027-01-21T10:55:34+00:00', 1, 'prr_06gztv73b42xxrn8e8a9fvbk3', '2027-01-21T09:25:34+00:00', 'sub_11xUhLinVTpy8zJJsHqwhgB5', '2026-12-21T09:25:34+00:00');
insert into users ("id", "name", "email", "locale", "created_at", "staff_role", "disabled_at", "password_hash", "email_normalized", "email_verified_at") overriding system value values
  ('usr_c232ddc0', null, 'ekonomi@butiken.example', 'sv', '2026-11-21T09:25:33.79+00:00', 'owner', null, '-', 'ekonomi@butiken.example', '2026-11-21T09:25:33.79+00:00');
insert into variants ("id", "sku", "active", "options", "position", "product_id", "track_stock") overriding system value values
  ('test-kund-month', 'KV-TEST-KUND-MONTH', true, '{"billing": {"en": "Monthly", "sv": "Månadsvis"}}', 0, 'test-kund', false),
  ('towel-one', 'KV-TOWEL', true, '{}', 0, 'towel', false),
  ('bag-one', 'KV-BAG', true, '{}', 0, 'bag', true);
insert into webhook_attempts ("id", "error", "outcome", "event_id", "started_at", "milliseconds") overriding system value values
  (3, null, 'ignored', 'stripe:evt_11xfaaEBAhzH0DLV9E6CjSvh', '2026-11-21T09:25:35.046+00:00', 138),
  (14, null, 'ignored', 'stripe:evt_11xUhLheJCwrHtP7GpySGGoG', '2026-11-21T09:25:35.233+00:00', 84),
  (19, null, 'handled', 'stripe:evt_11xUhLikPnWQTVASjvVHOiXT', '2026-11-21T09:25:35.046+00:00', 304),
  (32, null, 'handled', 'stripe:evt_11xfaaEDoFyeieRlqL4SmdnV', '2026-11-21T09:25:35.046+00:00', 420),
  (33, null, 'handled', 'stripe:evt_11xUhLiHBbwzB7Zv46wIGMzR', '2026-11-21T09:25:35.047+00:00', 425),
  (86, null, 'handled', 'stripe:evt_11xfaaEgYsfkr4HwnHI9Xd74', '2026-11-21T09:25:35.046+00:00', 626);
insert into webhook_event_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-12-23T09:25:35.034+00:00', 3, 'system:webhooks.process', null, 'ignored', null, 'ignored', 'received', 'stripe:evt_11xfaaEBAhzH0DLV9E6CjSvh'),
  ('2026-12-23T09:25:35.221+00:00', 14, 'system:webhooks.process', null, 'ignored', null, 'ignored', 'received', 'stripe:evt_11xUhLheJCwrHtP7GpySGGoG'),
  ('2026-12-23T09:25:35.034+00:00', 19, 'system:webhooks.process', null, 'handled', null, 'handled', 'received', 'stripe:evt_11xUhLikPnWQTVASjvVHOiXT'),
  ('2026-12-23T09:25:35.034+00:00', 32, 'system:webhooks.process', null, 'handled', null, 'handled', 'received', 'stripe:evt_11xfaaEDoFyeieRlqL4SmdnV'),
  ('2026-12-23T09:25:35.035+00:00', 33, 'system:webhooks.process', null, 'handled', null, 'handled', 'received', 'stripe:evt_11xUhLiHBbwzB7Zv46wIGMzR'),
  ('2026-12-23T09:25:35.034+00:00', 86, 'system:webhooks.process', null, 'handled', null, 'handled', 'received', 'stripe:evt_11xfaaEgYsfkr4HwnHI9Xd74');
insert into webhook_events ("id", "type", "effect", "source", "status", "payload", "attempts", "provider", "object_id", "emptied_at", "handled_at", "last_error", "api_version", "external_id", "occurred_at", "received_at") overriding system value values
  ('stripe:evt_11xUhLheJCwrHtP7GpySGGoG', 'price.created', null, 'delivered', 'ignored', '{"id": "evt_11xUhLheJCwrHtP7GpySGGoG", "type": "price.created", "object": "event", "data": {"object": {"id": "price_11xUhLhHhH5AjbHFZcD7MkAR", "object": "price"}}}', 1, 'stripe', 'price_11xUhLhHhH5AjbHFZcD7MkAR', null, '2026-11-21T09:25:35.319684+00:00', null, '2026-10-28.endive', 'evt_11xUhLheJCwrHtP7GpySGGoG', '2026-11-21T09:25:33+00:00', '2026-11-21T09:25:34.884274+00:00'),
  ('stripe:evt_11xfaaEDoFyeieRlqL4SmdnV', 'invoice.paid', 'Nothing was left to do: the invoice was brought up to date meanwhile.', 'delivered', 'handled', '{"id": "evt_11xfaaEDoFyeieRlqL4SmdnV", "type": "invoice.paid", "object": "event", "data": {"object": {"id": "in_11xfZeAtu1HYfkvfjjdUTTeX", "object": "invoice"}}}', 1, 'stripe', 'in_11xfZeAtu1HYfkvfjjdUTTeX', null, '2026-11-21T09:25:35.467528+00:00', null, '2026-10-28.endive', 'evt_11xfaaEDoFyeieRlqL4SmdnV', '2026-12-21T10:25:34+00:00', '2026-11-21T09:25:34.850643+00:00'),
  ('stripe:evt_11xfaaEgYsfkr4HwnHI9Xd74', 'payment_intent.succeeded', 'Nothing was left to do: the invoice was brought up to date meanwhile.', 'delivered', 'handled', '{"id": "evt_11xfaaEgYsfkr4HwnHI9Xd74", "type": "payment_intent.succeeded", "object": "event", "data": {"object": {"id": "pi_31xfaaEFcs0I1gWimo678i7y", "object": "payment_intent"}}}', 1, 'stripe', 'pi_31xfaaEFcs0I1gWimo678i7y', null, '2026-11-21T09:25:35.673289+00:00', null, '2026-10-28.endive', 'evt_11xfaaEgYsfkr4HwnHI9Xd74', '2026-12-21T10:25:34+00:00', '2026-11-21T09:25:34.853898+00:00'),
  ('stripe:evt_11xUhLikPnWQTVASjvVHOiXT', 'checkout.session.completed', 'Order ord_06gztv73w47rxdnm91yx7zasj is completed.', 'delivered', 'handled', '{"id": "evt_11xUhLikPnWQTVASjvVHOiXT", "type": "checkout.session.completed", "object": "event", "data": {"object": {"id": "cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv", "object": "checkout.session"}}}', 1, 'stripe', 'cs_test_a11xUhLiIS25TvML1L3rgFLGapxChEBxAq4Kg5aj0t2NBobZ6pB4bNA9u5Iv', null, '2026-11-21T09:25:35.350681+00:00', null, '2026-10-28.endive', 'evt_11xUhLikPnWQTVASjvVHOiXT', '2026-11-21T09:25:34+00:00', '2026-11-21T09:25:34.866394+00:00'),
  ('stripe:evt_11xUhLiHBbwzB7Zv46wIGMzR', 'customer.subscription.created', 'Nothing was left to do: the membership was brought up to date meanwhile.', 'delivered', 'handled', '{"id": "evt_11xUhLiHBbwzB7Zv46wIGMzR", "type": "customer.subscription.created", "object": "event", "data": {"object": {"id": "sub_11xUhLinVTpy8zJJsHqwhgB5", "object": "subscription"}}}', 1, 'stripe', 'sub_11xUhLinVTpy8zJJsHqwhgB5', null, '2026-11-21T09:25:35.473273+00:00', null, '2026-10-28.endive', 'evt_11xUhLiHBbwzB7Zv46wIGMzR', '2026-11-21T09:25:34+00:00', '2026-11-21T09:25:34.873246+00:00'),
  ('stripe:evt_11xfaaEBAhzH0DLV9E6CjSvh', 'charge.succeeded', null, 'delivered', 'ignored', '{"id": "evt_11xfaaEBAhzH0DLV9E6CjSvh", "type": "charge.succeeded", "object": "event", "data": {"object": {"id": "ch_31xfaaEPJC2vGwBKD1ub0bpM", "object": "charge"}}}', 1, 'stripe', 'ch_31xfaaEPJC2vGwBKD1ub0bpM', null, '2026-11-21T09:25:35.19697+00:00', null, '2026-10-28.endive', 'evt_11xfaaEBAhzH0DLV9E6CjSvh', '2026-12-21T10:25:34+00:00', '2026-11-21T09:25:34.856294+00:00');
insert into withdrawal_lines ("order_line_id", "refund_amount", "withdrawal_id") overriding system value values
  ('orl_06gztv7aww6k9rfm4a43w86jx', 44900, 'wdr_06gztv7c146qz6vj250kq4sh8');
insert into withdrawal_transitions ("at", "id", "actor", "cause", "event", "reason", "to_state", "from_state", "subject_id") overriding system value values
  ('2026-12-23T09:25:36.372+00:00', 1, 'anonymous', null, 'created', null, 'received', null, 'wdr_06gztv7c146qz6vj250kq4sh8'),
  ('2026-12-23T09:25:36.419+00:00', 2, 'system:withdrawals.decide', null, 'accepted', null, 'refunding', 'received', 'wdr_06gztv7c146qz6vj250kq4sh8'),
  ('2026-12-23T09:25:36.542+00:00', 3, 'system:withdrawals.settle', null, 'refunded', null, 'refunded', 'refunding', 'wdr_06gztv7c146qz6vj250kq4sh8');
insert into withdrawals ("id", "status", "refusal", "currency", "order_id", "customer_id", "received_at", "completed_at", "refund_amount", "refund_due_at", "review_reason", "idempotency_key") overriding system value values
  ('wdr_06gztv7c146qz6vj250kq4sh8', 'refunded', null, 'SEK', 'ord_06gztv7awr7hk0c3xyqyajkrz', 'cus_06gztv7awc5435z9nj7y6xqms', '2026-12-23T09:25:36.372+00:00', '2026-12-23T09:25:36.542+00:00', 44900, '2027-01-06T09:25:36.372+00:00', null, 'f37540d94191c95f30f608cbc272c6e4ddb437ee2174ddb82baf49c80e50d833');
