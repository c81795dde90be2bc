#!/usr/bin/env bash
# Packs what a store's author needs, makes a test project of nothing but packages, and builds and runs it: offline, from a folder feed and the packages this machine has.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for project in src/Durable.Runtime src/Durable.Testing tests/Durable.StoreContract; do
  dotnet pack "$root/$project" --configuration Debug --output "$work/feed" --verbosity quiet
done

mkdir "$work/Acme.Tests"
cat > "$work/nuget.config" <<CONFIG
<configuration>
  <packageSources>
    <clear />
    <add key="feed" value="$work/feed" />
    <add key="machine" value="${NUGET_PACKAGES:-$HOME/.nuget/packages}" />
  </packageSources>
</configuration>
CONFIG

version() { sed -n "s/.*Include=\"$1\" Version=\"\(.*\)\".*/\1/p" "$root/Directory.Packages.props"; }
cat > "$work/Acme.Tests/Acme.Tests.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Durable.StoreContract" Version="0.1.0" />
    <PackageReference Include="Microsoft.NET.Test.Sdk" Version="$(version Microsoft.NET.Test.Sdk)" />
    <PackageReference Include="xunit.runner.visualstudio" Version="$(version xunit.runner.visualstudio)" />
  </ItemGroup>
</Project>
PROJECT

cat > "$work/Acme.Tests/AcmeTests.cs" <<'CODE'
using Durable.Storage;
using Durable.Storage.Contract;
using Durable.Storage.Contract.Faults;
using Xunit.Abstractions;

namespace Acme.Tests;

internal sealed class AcmeStoreFactory : StoreFactory
{
    public override IRunStore CreateEmpty(TimeProvider clock) => new InMemoryStore(clock);
}

public sealed class AcmeContractTests() : StoreContract(new AcmeStoreFactory());

public sealed class AcmeModelTests(ITestOutputHelper output) : StoreModelTest(new AcmeStoreFactory(), output);

public sealed class AcmeFaultTests() : StoreFaults(new AcmeStoreFactory());

public sealed class AcmeSuites() : SuiteInventory(new AcmeStoreFactory());
CODE

dotnet test "$work/Acme.Tests"
