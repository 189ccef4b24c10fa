using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Npgsql;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>
/// What <c>dotnet ef dbcontext optimize</c> has written into CompiledModels/. Where these tests fail, it is to be run again:
/// CONTRIBUTING.md says how.
/// </summary>
public sealed class CompiledModelTests
{
    [Fact]
    public void The_compiled_model_of_SQLite_is_what_the_program_describes()
    {
        var options = new DbContextOptionsBuilder<SqliteCampaignDb>();
        SqliteCampaignDb.Configure(options, "Data Source=:memory:");
        using var db = new SqliteCampaignDb(options.Options, new CurrentAccessScope());
        Compare(db);
    }

    [Fact]
    public void The_compiled_model_of_PostgreSQL_is_what_the_program_describes()
    {
        using var server = NpgsqlDataSource.Create("Host=127.0.0.1");
        var options = new DbContextOptionsBuilder<PostgresCampaignDb>();
        PostgresCampaignDb.Configure(options, server);
        using var db = new PostgresCampaignDb(options.Options, new CurrentAccessScope());
        Compare(db);
    }

    private static void Compare(CampaignDb db)
    {
        Assert.StartsWith("SafetyCampaign.Storage.CompiledModels.", db.Model.GetType().FullName, StringComparison.Ordinal);
        var (described, compiled) = (Lines(db.GetService<IDesignTimeModel>().Model), Lines(db.Model));
        Assert.Equal(described, compiled);
        Assert.Equal(db.AccessFilters().Count, compiled.Count(line => line.Contains(" filter ", StringComparison.Ordinal)));
    }

    /// <summary>All of a model by which rows are read, written and kept to an access scope.</summary>
    private static List<string> Lines(IModel model) =>
        [.. model.GetEntityTypes().OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(LinesOf)];

    private static IEnumerable<string> LinesOf(IEntityType type)
    {
        yield return $"{type.Name} in {type.GetTableName()}, {type.GetContainerColumnName()}";
        foreach (var p in type.GetDeclaredProperties().OrderBy(p => p.Name, StringComparer.Ordinal))
            yield return $"{type.Name}.{p.Name}: {p.ClrType} {p.GetColumnName()} {p.GetColumnType()} null {p.IsNullable} "
                + $"length {p.GetMaxLength()} token {p.IsConcurrencyToken} {p.ValueGenerated} default {p.GetDefaultValueSql()} "
                + $"by {p.GetTypeMapping().Converter?.GetType()}";
        foreach (var key in type.GetDeclaredKeys())
            yield return $"{type.Name} key {Names(key.Properties)} {key.IsPrimaryKey()}";
        foreach (var index in type.GetDeclaredIndexes().OrderBy(index => Names(index.Properties), StringComparer.Ordinal))
            yield return $"{type.Name} index {Names(index.Properties)} {index.IsUnique} {index.GetFilter()}";
        foreach (var key in type.GetDeclaredForeignKeys().OrderBy(key => Names(key.Properties), StringComparer.Ordinal))
            yield return $"{type.Name} refers by {Names(key.Properties)} to {key.PrincipalEntityType.Name} {key.DeleteBehavior} "
                + $"{key.IsRequired} {key.IsUnique} {key.DependentToPrincipal?.Name} {key.PrincipalToDependent?.Name}";
        foreach (var many in type.GetDeclaredSkipNavigations())
            yield return $"{type.Name} has many {many.Name} through {many.JoinEntityType.Name}";
        foreach (var filter in type.GetDeclaredQueryFilters())
            yield return $"{type.Name} filter {new ExpressionPrinter().PrintExpression(filter.Expression!)}";
    }

    private static string Names(IEnumerable<IReadOnlyProperty> properties) => string.Join(", ", properties.Select(p => p.Name));
}
