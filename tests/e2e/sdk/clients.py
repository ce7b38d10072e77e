"""The table of generated clients: what generates each, and what runs its program.

The folder of a client, beside this file, contains a program that does nine tasks, as a partner
would write it. It takes the address of the server and prints nine lines, each a JSON object. A
comment before each task has its title (`SECTIONS`).
"""

from dataclasses import dataclass, field
from pathlib import Path

import openapi_generator_cli

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent

SECTIONS = (
    "1. List the ranges of a data center",
    "2. Page through the answers",
    "3. Read an answer for a product",
    "4. Look up addresses",
    "5. Read an older release",
    "6. List changes",
    "7. Read problems",
    "8. Compare with an enumeration",
    "9. Follow a former ID",
)


@dataclass(frozen=True)
class Client:
    """A generated client and the program that uses it.

    Its commands run in a copy of its folder, with the contract in it as `v1.json`.

    Attributes:
        folder: Its folder beside this file; also its name in tests.
        title: What the page calls it.
        language: What the page marks its blocks with.
        program: The file of its folder that does the nine things.
        install: The command that installs the generator, the checker and what the client needs.
        generate: The commands that make the client from `v1.json`.
        build: The command that compiles it or checks its types, as strictly as there is.
        run: The command that runs the program; the address comes last.
        misspelling: A field of an answer or a word of the contract as the program writes it, and
            misspelled: the compiler or the checker has to refuse that, or the types it was given
            are worth nothing. None where `test_typescript.py` tries more of them.
        libraries: What the client needs when it runs.
        options: Every option that is not about names and places, with its reason.
        pins: The files that pin its generator, each with the words that do.
        needs: Programs that must be there.
        links: What is linked into the copy of the folder: a name and where it leads.
        environment: Variables of all its commands.
    """

    folder: str
    title: str
    language: str
    program: str
    install: str
    generate: str
    build: str
    run: str
    misspelling: tuple[str, str] | None = None
    libraries: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    links: dict[str, Path] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The file of the program."""
        return HERE / self.folder / self.program


_MYPY = "uses the types of the generated package without checking its code."

_NODE_MODULES = ROOT / "tests" / "node" / "node_modules"
_TSC = (
    "tsc --target es2022 --module nodenext --strict --noUncheckedIndexedAccess"
    " --noPropertyAccessFromIndexSignature"
)
_BRACKETS = (
    "rejects fields that are not in the contract, unless they are in brackets. Without it, a "
    "misspelled field has the type `unknown`."
)

CLIENTS = (
    Client(
        folder="openapi_python_client",
        title="openapi-python-client 0.29.1",
        language="python",
        program="nine.py",
        install="pip install openapi-python-client==0.29.1 httpx attrs mypy",
        generate="openapi-python-client generate --path v1.json"
        " --meta none --output-path faqts_client --fail-on-warning",
        build="mypy --strict --follow-imports=silent nine.py",
        run="python nine.py",
        misspelling=("ip_range.cidr", "ip_range.cidrs"),
        libraries=("httpx", "attrs"),
        options={
            "--meta none": "generates only the package, without a project.",
            "--fail-on-warning": "fails if the generator does not understand the contract.",
            "--follow-imports=silent": _MYPY,
        },
        pins={"pyproject.toml": '"openapi-python-client==0.29.1"'},
        needs=("openapi-python-client", "mypy", "ruff"),
    ),
    Client(
        folder="openapi_generator_python",
        title="openapi-generator 7.26.0, python",
        language="python",
        program="nine.py",
        install="pip install openapi-generator-cli==7.26.0 urllib3 pydantic"
        " python-dateutil typing-extensions mypy",
        generate="openapi-generator-cli generate -g python -i v1.json -o ."
        " --package-name faqts_client --additional-properties=generateSourceCodeOnly=true",
        build="mypy --strict --follow-imports=silent nine.py",
        run="python nine.py",
        misspelling=("ip_range.cidr", "ip_range.cidrs"),
        libraries=("urllib3", "pydantic", "python-dateutil", "typing-extensions"),
        options={
            "generateSourceCodeOnly": "generates only the package, without a project.",
            "--follow-imports=silent": _MYPY,
        },
        pins={"pyproject.toml": '"openapi-generator-cli==7.26.0"'},
        needs=("openapi-generator-cli", "java", "mypy"),
    ),
    Client(
        folder="openapi_fetch",
        title="openapi-typescript 7.13.0 and openapi-fetch 0.17.0",
        language="ts",
        program="nine.ts",
        install="npm install openapi-typescript@7.13.0 openapi-fetch@0.17.0"
        " typescript@5 @types/node@20",
        generate="openapi-typescript v1.json --root-types --root-types-no-schema-prefix"
        " --output faqts.d.ts",
        build=f"{_TSC} --exactOptionalPropertyTypes --rootDir . --outDir out nine.ts",
        run="node out/nine.js",
        libraries=("openapi-fetch",),
        options={
            "--root-types": 'exports `components["schemas"]["Problem"]` as a type.',
            "--root-types-no-schema-prefix": "names that type `Problem` and not `SchemaProblem`.",
            "--noPropertyAccessFromIndexSignature": _BRACKETS,
        },
        pins={
            "tests/node/package.json": '"openapi-fetch": "0.17.0",\n'
            '    "openapi-typescript": "7.13.0",'
        },
        needs=("openapi-typescript", "tsc", "node"),
        links={"node_modules": _NODE_MODULES},
    ),
    Client(
        folder="hey_api",
        title="@hey-api/openapi-ts 0.95.0",
        language="ts",
        program="nine.ts",
        install="npm install @hey-api/openapi-ts@0.95.0 typescript@5 @types/node@20",
        generate="openapi-ts --file openapi-ts.config.ts",
        build=f"{_TSC} --rootDir . --outDir out nine.ts",
        run="node out/nine.js",
        options={
            "module.extension": "(in the configuration) is `.js`, because Node requires file names "
            "in imports.",
            "--noPropertyAccessFromIndexSignature": _BRACKETS,
        },
        pins={"tests/node/package.json": '"@hey-api/openapi-ts": "0.95.0"'},
        needs=("openapi-ts", "tsc", "node"),
        links={"node_modules": _NODE_MODULES},
    ),
    Client(
        folder="openapi_generator_go",
        title="openapi-generator 7.26.0, go",
        language="go",
        program="nine.go",
        install="pip install openapi-generator-cli==7.26.0",
        generate="openapi-generator-cli generate -g go -i v1.json -o faqts"
        " --git-host example.com --git-user-id acme --git-repo-id faqts"
        " --additional-properties=packageName=faqts,enumClassPrefix=true",
        build="go vet . && go build .",
        run="./nine",
        misspelling=("CLOUDSUPPORT_UNSUPPORTED", "CLOUDSUPPORT_REFUSED"),
        options={
            "enumClassPrefix=true": "adds the name of the enumeration to each constant. Without it,"
            " the client does not compile: several enumerations have the value `current` or"
            " `supported`, and the constants of a Go package share one namespace.",
        },
        pins={"pyproject.toml": '"openapi-generator-cli==7.26.0"'},
        needs=("openapi-generator-cli", "java", "go"),
        environment={"GOPROXY": "off", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"},
    ),
    Client(
        folder="openapi_generator_java",
        title="openapi-generator 7.26.0, java",
        language="java",
        program="Nine.java",
        install="pip install openapi-generator-cli==7.26.0",
        generate="openapi-generator-cli generate -g java --library native -i v1.json -o faqts"
        " --invoker-package com.acme.faqts --api-package com.acme.faqts.api"
        " --model-package com.acme.faqts.model --additional-properties="
        "openApiNullable=false,useJakartaEe=true,useSingleRequestParameter=true\n"
        "javac -cp '*' -d classes $(find faqts/src/main -name '*.java')",
        build="javac -cp 'classes:*' -Xlint:all,-processing -Werror -d classes Nine.java",
        run="java -cp 'classes:*' -Dfile.encoding=UTF-8 Nine",
        misspelling=("CloudSupport.UNSUPPORTED", "CloudSupport.REFUSED"),
        libraries=("jackson-databind", "jackson-datatype-jsr310", "jakarta.annotation-api"),
        options={
            "--library native": "uses Java's own HTTP client. Put the libraries listed in the"
            " generated `pom.xml` into the folder. The tests take Jackson from the jar of the"
            " generator.",
            "openApiNullable=false": "omits a library that distinguishes null from absent. In"
            " this API no field is ever absent.",
            "useJakartaEe=true": "uses `jakarta.annotation`, which replaced `javax.annotation`.",
            "useSingleRequestParameter=true": "makes calls name their parameters. Otherwise you"
            " pass them by position; `listFaqs` has ten.",
            "-Dfile.encoding=UTF-8": "is required before Java 18, because the generated code"
            " decodes responses with the default charset.",
        },
        pins={"pyproject.toml": '"openapi-generator-cli==7.26.0"'},
        needs=("openapi-generator-cli", "java", "javac"),
        links={
            "openapi-generator.jar": Path(openapi_generator_cli.__file__).with_name(
                "openapi-generator.jar"
            ),
            "jakarta-annotation-api.jar": Path("/usr/share/java/jakarta-annotation-api.jar"),
        },
    ),
)
