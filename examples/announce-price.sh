#!/bin/sh
# Tells Kraftverk about a campaign's price: sh examples/announce-price.sh
# Settings: KRAFTVERK_URL (default http://localhost:3000), SOURCE_API_KEY.

curl -sS -X POST "${KRAFTVERK_URL:-http://localhost:3000}/api/campaigns/webhook" \
  -H "Authorization: Bearer ${SOURCE_API_KEY:?is not set}" \
  -H "Content-Type: application/json" \
  -d '{
    "action": "price.updated",
    "priceUpdate": {
      "stripePriceId": "price_TEST123",
      "originalProductId": "test-kund",
      "campaignId": "test_campaign",
      "campaignName": "Test Campaign"
    }
  }'
