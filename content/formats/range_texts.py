"""The forms of a list of ranges beside JSON, and what writes each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from content.formats.range_csv import render_csv
from content.formats.range_lines import render_nginx, render_txt
from content.formats.range_sets import render_ipset, render_nft
from content.formats.rendering import Rendering
from schemas.formats import CIDR_TXT, CSV, IPSET, NFT, NGINX, Format

#: In the order in which they are offered.
RANGE_FORMATS: Mapping[str, Format] = MappingProxyType(
    {format_.name: format_ for format_ in (CIDR_TXT, CSV, NFT, IPSET, NGINX)}
)
RANGE_RENDERERS: Mapping[str, Callable[..., Rendering]] = MappingProxyType(
    {
        CIDR_TXT.name: render_txt,
        CSV.name: render_csv,
        NFT.name: render_nft,
        IPSET.name: render_ipset,
        NGINX.name: render_nginx,
    }
)
