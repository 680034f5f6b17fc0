#!/usr/bin/env bash
# Prints the commit of a stage's last successful deployment; nothing where there is none, or where
# this clone does not have it (its history was rewritten). Needs gh with a token that may read
# deployments. Usage: last-deployment.sh STAGE
#
# A deployment that failed half-way does not count: what it should have deployed is deployed again.
# GitHub marks a success `inactive` once a newer one succeeds, so every status is looked at.
set -euo pipefail

stage=$1
deployments=$(gh api --paginate "repos/$GITHUB_REPOSITORY/deployments?environment=$stage&per_page=100" \
  --jq '.[] | "\(.id) \(.sha)"')
while read -r id sha; do
  [ -n "$id" ] || continue
  succeeded=$(gh api "repos/$GITHUB_REPOSITORY/deployments/$id/statuses?per_page=100" \
    --jq 'any(.[]; .state == "success")')
  if [ "$succeeded" = true ]; then
    if git cat-file -e "$sha^{commit}" 2>/dev/null; then echo "$sha"; fi
    exit 0
  fi
done <<< "$deployments"
